import { describe, expect, test } from "@jest/globals";
import { isGlob, matchesGlob } from "../../lib/manifest/argocd-glob.ts";

describe("matchesGlob", () => {
  test.each([
    ["bookshop-dev", "bookshop-dev", true],
    ["bookshop-dev", "bookshop-staging", false],
    ["bookshop.dev", "bookshop-dev", false],
    ["bookshop-*", "bookshop-dev", true],
    ["bookshop-*", "warehouse-dev", false],
    ["bookshop-?ev", "bookshop-dev", true],
    ["bookshop-?", "bookshop-dev", false],
    ["{bookshop,warehouse}-dev", "warehouse-dev", true],
    ["{bookshop,warehouse}-dev", "returns-dev", false],
    ["bookshop,dev", "bookshop,dev", true],
    ["bookshop-[ab]", "bookshop-b", true],
    ["bookshop-[!ab]", "bookshop-b", false],
    ["bookshop-[!ab]", "bookshop-c", true],
    ["bookshop-\\*", "bookshop-*", true],
    ["bookshop-\\*", "bookshop-dev", false],
    ["https://git.example/*", "https://git.example/books/gitops", true],
    ["bookshop-[ab", "bookshop-[ab", false],
    ["{bookshop", "{bookshop", false],
    ["bookshop\\", "bookshop\\", false],
  ])("reads '%s' over '%s' as destinations do: %s", (pattern, text, fits) => {
    expect(matchesGlob(pattern, text, "text")).toBe(fits);
  });

  test.each([
    ["https://git.example/*", "https://git.example/gitops", true],
    ["https://git.example/*", "https://git.example/books/gitops", false],
    ["https://git.example/**", "https://git.example/books/gitops", true],
    ["https://git.example/b?oks", "https://git.example/b/oks", false],
    ["https://git.example/{a*,b*}", "https://git.example/books", true],
  ])("reads '%s' over '%s' as sources do: %s", (pattern, text, fits) => {
    expect(matchesGlob(pattern, text, "path")).toBe(fits);
  });

  test.each([
    ["*", "Namespace", true],
    ["Cluster*", "ClusterRole", true],
    ["{ClusterRole}", "ClusterRole", false],
    ["{ClusterRole*", "{ClusterRoleBinding", true],
    ["reader-[^0-9]", "reader-a", true],
    ["reader-[^0-9]", "reader-1", false],
    ["reader-[z-a]", "reader-z", false],
  ])("reads '%s' over '%s' as kinds and names do: %s", (pattern, text, fits) => {
    expect(matchesGlob(pattern, text, "kind")).toBe(fits);
  });

  test("knows which entries say more than one thing", () => {
    expect(["bookshop-dev", "*", "bookshop-?", "[ab]", "{a,b}", "a\\*"].map(isGlob)).toEqual([false, true, true, true, true, true]);
  });
});
