import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CommitRelation, openSourceOrder, type SourceOptions } from "../../../lib/cli/image-set/source-order.ts";
import type { Io } from "../../../lib/cli/io.ts";
import { caught } from "../../support/caught.ts";
import { SourceRepository } from "../../support/source-repository.ts";

const title = "'shop/frontend' in 'dev'";
let source: SourceRepository;
beforeEach(() => {
  source = new SourceRepository();
});
afterEach(() => {
  source.remove();
});

/** How what a clone has checked out lies to a pinned commit. */
function relation(pinned: string, folder = source.work, options: SourceOptions = {}): CommitRelation {
  const order = openSourceOrder({ source: folder, ...options }, { workingFolder: "/" } as Io);
  return order!.relationTo(pinned, title);
}

describe("the commit of a run", () => {
  test("comes after, before, or is the same, by full and short ids", () => {
    const [first, second, third] = [source.commit(), source.commit(), source.commit()];
    for (const id of [first, first.slice(0, 7)]) expect(relation(id)).toBe("after");
    for (const id of [third, third.slice(0, 10)]) expect(relation(id)).toBe("same");
    expect(relation(third, source.work, { sourceCommit: second })).toBe("before");
    expect(relation(second, source.work, { sourceCommit: second.slice(0, 8) })).toBe("same");
    expect(relation(third, source.work, { sourceCommit: "HEAD~2" })).toBe("before");
  });

  test("is after both sides of what it merges, and neither side after the other", () => {
    const base = source.commit();
    source.switch("feature", base);
    const feature = source.commit();
    source.switch("main");
    const main = source.commit();
    expect(relation(feature)).toBe("apart");
    const merge = source.merge("feature");
    expect([base, feature, main, merge].map((id) => relation(id))).toEqual(["after", "after", "after", "same"]);
    expect(relation(merge, source.work, { sourceCommit: feature })).toBe("before");
  });
});

describe("a pinned commit that the clone does not have", () => {
  test("is fetched from a branch of its origin, by a short id too", () => {
    const first = source.commit();
    source.push();
    const clone = source.clone("--single-branch");
    source.switch("feature", first);
    const feature = source.commit();
    source.push();
    expect(relation(feature.slice(0, 9), clone)).toBe("before");
    expect(source.head(clone)).toBe(first);
  });

  test("is fetched by its id where it lies on no branch any more", () => {
    const first = source.commit();
    source.push();
    const gone = source.commit();
    source.push("HEAD:refs/keep/gone");
    const clone = source.clone();
    expect(relation(gone, clone)).toBe("before");
    expect(relation(first, clone)).toBe("same");
  });

  test("is one clear error where nobody has it, asked for once", () => {
    source.commit();
    source.push();
    const clone = source.clone();
    const nowhere = "f".repeat(40);
    const order = openSourceOrder({ source: clone }, { workingFolder: "/" } as Io)!;
    const message = caught(() => order.relationTo(nowhere, title));
    expect(message.replace(/could not fetch it: .*/, "could not fetch it: …").split("\n")).toEqual([
      `'${clone}' does not know the commit '${nowhere}' that ${title} was built from, and could not fetch it: …`,
      "hint: name a clone of the repository that the image was built from, and a whole one; or let --allow-unrelated move the pin all the same",
    ]);
    source.git(clone, "remote", "remove", "origin");
    expect(caught(() => order.relationTo(nowhere, title))).toBe(message);
    expect(relation(nowhere, clone, { allowUnrelated: true })).toBe("unknown");
  });

  test("is an error in a clone without an origin", () => {
    source.commit();
    source.git(source.work, "remote", "remove", "origin");
    expect(caught(() => relation("abcdef0"))).toContain(
      `'${source.work}' does not know the commit 'abcdef0' that ${title} was built from, and could not fetch it: 'origin' does not appear`,
    );
  });

  test("is no branch that is called like a short id", () => {
    const first = source.commit();
    source.git(source.work, "branch", "abcdef0", first);
    expect(caught(() => relation("abcdef0"))).toContain("does not know the commit 'abcdef0'");
  });
});

describe("a shallow clone", () => {
  test("is good enough where the later commit's history holds the other", () => {
    const first = source.commit();
    source.push();
    const clone = source.clone("--depth=1");
    expect(relation(first, clone)).toBe("same");
    const second = source.commit();
    source.push();
    expect(relation(second, clone)).toBe("before");
  });

  test("is refused where the answer lies behind its end", () => {
    const [first, second] = [source.commit(), source.commit()];
    source.push();
    const clone = source.clone("--depth=1");
    const hint =
      "git fetch --unshallow; in GitHub Actions check out with `fetch-depth: 0`, in GitLab CI set GIT_DEPTH to 0; " +
      "or let --allow-unrelated move the pin all the same";
    expect(caught(() => relation(first.slice(0, 7), clone))).toBe(
      `'${clone}' does not know the commit '${first.slice(0, 7)}' that ${title} was built from\nhint: ${hint}`,
    );
    expect(caught(() => relation(first, clone))).toBe(
      `'${clone}' is a shallow clone, and cannot tell whether '${second}' comes after '${first}' that ${title} was built from\n` +
        `hint: ${hint}`,
    );
    expect(relation(first, clone, { allowUnrelated: true })).toBe("unknown");
  });
});

describe("without a clone", () => {
  test("nothing is known, but what the caller says is", () => {
    expect(openSourceOrder({}, { workingFolder: "/" } as Io)).toBeUndefined();
    const order = openSourceOrder({ sourceCommit: "0123456" }, { workingFolder: "/" } as Io)!;
    expect([order.commit, order.relationTo("fedcba9", title)]).toEqual(["0123456", "unknown"]);
  });

  test.each(["main", "012345", "0123456; rm"])("'%s' is no commit's id", (sourceCommit) => {
    expect(caught(() => openSourceOrder({ sourceCommit }, { workingFolder: "/" } as Io))).toBe(
      `'${sourceCommit}' is no commit's id\nhint: write 7 to 64 hexadecimal digits, or name a clone by --source`,
    );
  });
});

test("a folder that is no clone, and a commit that the clone does not have, are errors", () => {
  const folder = mkdtempSync(join(tmpdir(), "keelson-no-clone-"));
  expect(caught(() => relation("0123456", folder))).toContain(`git cannot read '${folder}': not a git repository`);
  rmSync(folder, { recursive: true });
  expect(caught(() => relation("0123456"))).toContain(`'${source.work}' has no commit 'HEAD'`);
  source.commit();
  expect(caught(() => relation("0123456", source.work, { sourceCommit: "abcdef0" }))).toBe(
    `'${source.work}' has no commit 'abcdef0'\n` +
      "hint: --source is a clone of the repository that the images were built from, --source-commit one of its commits",
  );
});
