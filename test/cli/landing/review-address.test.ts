import { expect, test } from "@jest/globals";
import { reviewAddress } from "../../../lib/cli/landing/review-address.ts";

const github = "https://github.com/paperback/gitops/compare/main...promote%2Fshop?expand=1";
const gitlab =
  "https://gitlab.paperback.example/books/gitops/-/merge_requests/new?merge_request%5Bsource_branch%5D=promote%2Fshop&merge_request%5Btarget_branch%5D=main";

test.each([
  ["https://github.com/paperback/gitops.git", github],
  ["https://x-access-token:s3cret@github.com/paperback/gitops", github],
  ["git@github.com:paperback/gitops.git", github],
  ["ssh://git@github.com:22/paperback/gitops.git", github],
  ["https://gitlab.paperback.example/books/gitops.git", gitlab],
  ["git@gitlab.paperback.example:books/gitops.git", gitlab],
  ["https://git.paperback.example/books/gitops.git", undefined],
  ["https://notgitlab.example/books/gitops.git", undefined],
  ["/srv/git/gitops.git", undefined],
  ["../origin", undefined],
])("of '%s' a pull request is opened at %s", (url, address) => {
  expect(reviewAddress({ url, branch: "main" }, "promote/shop")).toBe(address);
});
