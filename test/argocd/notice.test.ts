import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parse } from "yaml";
import { renderGoTemplate } from "../../lib/argocd/go-template.ts";
import { type Notice, noticeAnnotations, noticeElement, noticePatch, showsNotices } from "../../lib/argocd/notice.ts";
import { parseTemplatePatch } from "../../lib/argocd/template-patch.ts";

const notice: Notice = { content: "shop is held", severity: "warning", url: "https://tickets.example/SHOP-77" };

/** What the applicationset controller would lay over an Application. */
function patched(of: Notice | undefined): unknown {
  return parseTemplatePatch(renderGoTemplate(noticePatch, noticeElement(of), "the patch"), "the patch", "3.5.3");
}

describe("a notice", () => {
  test("is the annotations that Argo CD's UI reads, and cannot be dismissed", () => {
    expect(noticeAnnotations(notice)).toEqual({
      "notice.argocd.argoproj.io/content": "shop is held",
      "notice.argocd.argoproj.io/permanent": "true",
      "notice.argocd.argoproj.io/severity": "warning",
      "notice.argocd.argoproj.io/url": "https://tickets.example/SHOP-77",
    });
    expect(noticeAnnotations({ content: "shop is held", severity: "critical" })).not.toHaveProperty(["notice.argocd.argoproj.io/url"]);
  });

  test("is cut where Argo CD would cut it", () => {
    const cut = noticeAnnotations({ ...notice, content: "a".repeat(600) })["notice.argocd.argoproj.io/content"];
    expect(cut).toBe(`${"a".repeat(499)}…`);
    const characters = noticeAnnotations({ ...notice, content: "😀".repeat(300) })["notice.argocd.argoproj.io/content"];
    expect(characters).toBe(`${"😀".repeat(249)}…`);
    const whole = "a".repeat(500);
    expect(noticeAnnotations({ ...notice, content: whole })["notice.argocd.argoproj.io/content"]).toBe(whole);
  });

  test.each([
    ["3.4.7", false],
    ["3.5.0", true],
    ["3.6.0", true],
  ])("is shown by Argo CD %s: %s", (version, expected) => {
    expect(showsNotices(version)).toBe(expected);
  });

  test("comes through an ApplicationSet as it comes by itself, whatever it says", () => {
    const word = fc.string({ unit: "grapheme", minLength: 1 }).map((text) => text.replaceAll(/\s+/g, " ").trim());
    fc.assert(
      fc.property(fc.oneof(word, fc.constantFrom("{{ .server }}", "}}", "a: b", "yes", "\u0085", '"')), (content) => {
        fc.pre(content !== "");
        const said = { ...notice, content };
        expect(patched(said)).toEqual({ metadata: { annotations: noticeAnnotations(said) } });
      }),
    );
    const rest: Notice = { content: notice.content, severity: "critical" };
    expect(patched(rest)).toEqual({ metadata: { annotations: noticeAnnotations(rest) } });
    expect(patched(undefined)).toEqual({});
  });

  test("is YAML to a reader of version 1.1, as Argo CD has one", () => {
    const text = renderGoTemplate(noticePatch, noticeElement({ ...notice, content: "on: 12 # \u2028" }), "the patch");
    expect(parse(text, { version: "1.1" })).toMatchObject({
      metadata: { annotations: { "notice.argocd.argoproj.io/content": "on: 12 #", "notice.argocd.argoproj.io/permanent": "true" } },
    });
  });
});
