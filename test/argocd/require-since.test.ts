import { describe, expect, test } from "@jest/globals";
import { requireSince } from "../../lib/argocd/require-since.ts";
import { caught } from "../support/caught.ts";

describe("requireSince", () => {
  test.each(["3.2.0", "3.5.3", "4.0.0"])("lets %s have a field of 3.2", (target) => {
    expect(() => {
      requireSince("spec.syncPolicy.retry.refresh", "3.2", target);
    }).not.toThrow();
  });

  test("fails on an older target", () => {
    expect(
      caught(() => {
        requireSince("spec.syncPolicy.retry.refresh", "3.2", "3.1.16");
      }),
    ).toBe(
      "'spec.syncPolicy.retry.refresh' needs Argo CD 3.2 or later, got '3.1.16'\nhint: leave it out, or raise argocdVersion of the control plane",
    );
  });
});
