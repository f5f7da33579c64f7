import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { GitRepository } from "../../lib/git/git-repository.ts";
import { caught } from "../support/caught.ts";
import { TemporaryClone } from "../support/temporary-clone.ts";
import { withEnvironment } from "../support/with-environment.ts";

let clone: TemporaryClone;
beforeEach(() => {
  clone = new TemporaryClone();
});
afterEach(() => {
  clone.remove();
});

test("the clone is found from a folder inside it", () => {
  clone.commit({ "dist/dev/a.yaml": "a\n" });
  expect(GitRepository.open(join(clone.folder, "dist/dev")).folder).toBe(clone.folder);
});

test("a folder outside every clone is refused", () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "keelson-no-clone-")));
  // git says up to where it looked
  expect(caught(() => GitRepository.open(folder)).replace(/ \(or any .*/, "")).toBe(
    `git cannot read '${folder}': not a git repository\nhint: run this in a clone of the GitOps repository`,
  );
  rmSync(folder, { recursive: true });
});

test("a folder that is not there is named, and git is not blamed", () => {
  expect(caught(() => GitRepository.open(join(clone.folder, "nowhere")))).toBe(`there is no folder '${clone.folder}/nowhere'`);
});

test("a machine without git is told so", () => {
  const path = process.env.PATH;
  process.env.PATH = "/nowhere";
  try {
    expect(caught(() => GitRepository.open(clone.folder))).toBe("git is not installed\nhint: install it, and have it on the PATH");
  } finally {
    process.env.PATH = path;
  }
});

test("a commit has one full id, whatever it is called", () => {
  const id = clone.commit({ "a.yaml": "a\n" });
  const repository = GitRepository.open(clone.folder);
  expect(repository.commit("HEAD")).toBe(id);
  expect(repository.commit("main")).toBe(id);
  expect(repository.commit(id.slice(0, 9))).toBe(id);
  expect(repository.commit(id)).toBe(id);
});

test("a commit that this clone lacks is unknown, and so is what no commit can be called", () => {
  clone.commit({ "a.yaml": "a\n" });
  const repository = GitRepository.open(clone.folder);
  expect(repository.commit("0123456789012345678901234567890123456789")).toBeUndefined();
  expect(repository.commit("--all")).toBeUndefined();
  expect(repository.tree("0123456789012345678901234567890123456789", "dist")).toBeUndefined();
});

test("a folder has the same tree in two commits exactly when its files are the same", () => {
  const first = clone.commit({ "dist/dev/a.yaml": "a\n", "dist/production/a.yaml": "a\n" });
  const second = clone.commit({ "dist/dev/a.yaml": "b\n" });
  const repository = GitRepository.open(clone.folder);
  expect(repository.tree(second, "dist/dev")).not.toBe(repository.tree(first, "dist/dev"));
  expect(repository.tree(second, "dist/production")).toBe(repository.tree(first, "dist/production"));
  expect(repository.tree(first, "dist/production")).toMatch(/^[0-9a-f]{40}$/);
  expect(repository.tree(first, "dist/staging")).toBeUndefined();
});

test("a branch is asked anew each time: it moves", () => {
  clone.commit({ "dist/a.yaml": "a\n" });
  const repository = GitRepository.open(clone.folder);
  const before = repository.tree("HEAD", "dist");
  clone.commit({ "dist/a.yaml": "b\n" });
  expect(repository.tree("HEAD", "dist")).not.toBe(before);
});

test("the files of a folder are listed with their content's id, other folders' are not", () => {
  const id = clone.commit({ "dist/dev/a.yaml": "a\n", "dist/dev/below/b b.yaml": "a\n", "dist/dev-2/c.yaml": "c\n" });
  const files = GitRepository.open(clone.folder).files(id, "dist/dev");
  expect(files.map(({ path }) => path)).toEqual(["dist/dev/a.yaml", "dist/dev/below/b b.yaml"]);
  expect(files[0]?.blob).toBe(files[1]?.blob);
});

test("a file is read as it was in a commit", () => {
  const first = clone.commit({ "dist/ä.yaml": "name: früher\n" });
  clone.commit({ "dist/ä.yaml": "name: später\n" });
  const repository = GitRepository.open(clone.folder);
  expect(repository.files(first, "dist").map(({ path }) => path)).toEqual(["dist/ä.yaml"]);
  expect(repository.read(first, "dist/ä.yaml")).toBe("name: früher\n");
});

test("a commit comes after itself and after those before it, not the other way round", () => {
  const [first, second] = [clone.commit({ "a.yaml": "a\n" }), clone.commit({ "a.yaml": "b\n" })];
  const repository = GitRepository.open(clone.folder);
  expect(repository.isAncestor(first, second)).toBe(true);
  expect(repository.isAncestor(second, second)).toBe(true);
  expect(repository.isAncestor(second, first)).toBe(false);
});

test("what differs is listed for the whole clone, from whatever folder of it, or below one path", () => {
  clone.commit({ "dist/a.yaml": "a\n", "apps/a.ts": "a\n" });
  const repository = GitRepository.open(join(clone.folder, "apps"));
  expect(repository.changes()).toEqual([]);
  writeFileSync(join(clone.folder, "apps/a.ts"), "b\n");
  writeFileSync(join(clone.folder, "dist/b.yaml"), "b\n");
  expect(repository.changes()).toEqual(["M apps/a.ts", "?? dist/b.yaml"]);
  expect(repository.changes("dist")).toEqual(["?? dist/b.yaml"]);
});

test("a folder is changed when a file in it is edited or new, and not by what lies elsewhere", () => {
  clone.commit({ "dist/a.yaml": "a\n", "apps/a.ts": "a\n" });
  const repository = GitRepository.open(clone.folder);
  writeFileSync(join(clone.folder, "apps/a.ts"), "b\n");
  expect(repository.isChanged("dist")).toBe(false);
  mkdirSync(join(clone.folder, "dist/new"));
  writeFileSync(join(clone.folder, "dist/new/b.yaml"), "b\n");
  expect(repository.isChanged("dist")).toBe(true);
  rmSync(join(clone.folder, "dist/new"), { recursive: true });
  writeFileSync(join(clone.folder, "dist/a.yaml"), "b\n");
  expect(repository.isChanged("dist")).toBe(true);
});

test("a repository that a hook or a job has named for itself is not taken for that of the folder", async () => {
  const own = clone.commit({ "a.yaml": "a\n" });
  const other = new TemporaryClone();
  const foreign = other.commit({ "b.yaml": "b\n" });
  const variables = { GIT_DIR: join(other.folder, ".git"), GIT_WORK_TREE: other.folder, GIT_INDEX_FILE: join(other.folder, "no-index") };
  await withEnvironment(variables, async () => {
    const repository = GitRepository.open(clone.folder);
    expect([repository.folder, repository.directory()]).toEqual([clone.folder, join(clone.folder, ".git")]);
    expect([repository.commit("HEAD"), repository.commit(foreign), repository.changes()]).toEqual([own, undefined, []]);
    await Promise.resolve();
  });
  other.remove();
});

test("commits are told one by one, whatever stands in their messages and whatever git is set to show", () => {
  const id = clone.commit({ "a.yaml": "a\n" });
  const forged = ["\x1e", "0".repeat(40), "\x1f\x1f", ":100644 100644 1 2 M"].join("\x1f");
  const message = `subject ${forged}\n\nActor: alice ${forged}\nRefs: A-1`;
  clone.git("-c", "user.name=\x1eT\x1f", "-c", "user.email=t@example.test", "commit", "--quiet", "--allow-empty", `--message=${message}`);
  const last = clone.commit({ ":b\n": "b\n", "c.yaml": "c\n" });
  clone.git("config", "log.showSignature", "true");
  clone.git("config", "i18n.logOutputEncoding", "latin1");
  const [third, second, first, ...more] = GitRepository.open(clone.folder).log("HEAD", { changes: true });
  expect(more).toEqual([]);
  expect([third?.id, first?.id, second?.parents]).toEqual([last, id, [id]]);
  expect([second?.subject, second?.trailers, second?.changes]).toEqual([
    `subject ${forged}`,
    [
      ["Actor", `alice ${forged}`],
      ["Refs", "A-1"],
    ],
    [],
  ]);
  expect(third?.changes.map(({ path, before }) => [path, before])).toEqual([
    [":b\n", undefined],
    ["c.yaml", undefined],
  ]);
});
