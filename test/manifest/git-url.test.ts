import { expect, test } from "@jest/globals";
import { comparableGitUrl } from "../../lib/manifest/git-url.ts";

test.each([
  ["https://git.example/Books/GitOps.git", "https://git.example/books/gitops"],
  [" https://git.example/books/gitops ", "https://git.example/books/gitops"],
  ["git@git.example:books/gitops.git", "git@git.example/books/gitops"],
  ["ssh://git@git.example/books/gitops", "git@git.example/books/gitops"],
  ["ssh://git@git.example:2222/books/gitops.git", "git@git.example:2222/books/gitops"],
  ["https://user@git.example:8443/books.git", "https://user@git.example:8443/books"],
])("'%s' compares as '%s'", (url, comparable) => {
  expect(comparableGitUrl(url)).toBe(comparable);
});
