import { type AddressInfo, createServer, type Server } from "node:net";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { GitRepository } from "../../lib/git/git-repository.ts";
import { caught } from "../support/caught.ts";
import { TemporaryClone } from "../support/temporary-clone.ts";

let clone: TemporaryClone;
let remote: TemporaryClone;
beforeEach(() => {
  clone = new TemporaryClone();
  remote = new TemporaryClone();
});
afterEach(() => {
  clone.remove();
  remote.remove();
});

test("the commit that a branch of another repository stands at", () => {
  const commit = remote.commit({ "dist/a.yaml": "a\n" });
  remote.git("branch", "feature/main");
  remote.commit({ "dist/a.yaml": "b\n" });
  const repository = GitRepository.open(clone.folder);
  expect(repository.remoteCommit(remote.folder, "feature/main")).toBe(commit);
  expect(repository.remoteCommit(remote.folder, "nowhere")).toBeUndefined();
});

test("a repository that is not there is told in git's words", () => {
  const url = `${remote.folder}/nowhere`;
  expect(caught(() => GitRepository.open(clone.folder).remoteCommit(url, "main"))).toMatch(new RegExp(`^git cannot read '${url}': `));
});

test("a repository that never answers is given up", async () => {
  const silent: Server = createServer();
  await new Promise<void>((resolve) => {
    silent.listen(0, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/gitops.git`;
  try {
    expect(caught(() => GitRepository.open(clone.folder).remoteCommit(url, "main", 300))).toBe(
      `git cannot read '${url}': no answer in time`,
    );
  } finally {
    silent.close();
  }
});
