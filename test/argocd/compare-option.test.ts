import { describe, expect, test } from "@jest/globals";
import { CompareOption, compareOptionsAnnotation } from "../../lib/argocd/compare-option.ts";
import { caught } from "../support/caught.ts";

describe("compareOptionsAnnotation", () => {
  test("joins the options in the order given", () => {
    expect(
      compareOptionsAnnotation(CompareOption.serverSideDiff(), CompareOption.includeMutationWebhook(), CompareOption.ignoreExtraneous()),
    ).toEqual({ "argocd.argoproj.io/compare-options": "ServerSideDiff=true,IncludeMutationWebhook=true,IgnoreExtraneous" });
  });

  test("takes a resource out of the server-side diff", () => {
    expect(compareOptionsAnnotation(CompareOption.serverSideDiff(false))).toEqual({
      "argocd.argoproj.io/compare-options": "ServerSideDiff=false",
    });
  });

  test("is no annotation without options", () => {
    expect(compareOptionsAnnotation()).toEqual({});
  });

  test("fails when an option stands twice", () => {
    expect(caught(() => compareOptionsAnnotation(CompareOption.serverSideDiff(), CompareOption.serverSideDiff(false)))).toBe(
      "the compare option 'ServerSideDiff' is given twice",
    );
  });
});
