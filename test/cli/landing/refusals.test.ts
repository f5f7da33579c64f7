import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { LandingOptions } from "../../../lib/cli/landing/landing-options.ts";
import { bytesOf, land, pinEdit } from "../../support/pin-edit.ts";
import { ShopClone } from "../../support/shop-clone.ts";

const edit = pinEdit("warehouse/stock-report", "sha-0123456");
const modes: readonly LandingOptions[] = [{ commit: true }, { push: true }, { branch: "deploy" }];

let shop: ShopClone;
beforeEach(() => {
  shop = new ShopClone();
});
afterEach(() => {
  shop.remove();
});

/** What brings a clone into a state, and what is said of it whichever way is wanted. */
const states: Readonly<Record<string, readonly [arrange: () => void, refusal: string | RegExp]>> = {
  "a changed file": [
    () => {
      shop.put("environments/dev/images.yaml", "# nothing\n");
    },
    "this clone differs from its last commit: M environments/dev/images.yaml\nhint: commit it, or put it aside: git stash --include-untracked",
  ],
  "new files, though git is set to show none": [
    () => {
      for (const name of ["a", "b", "c", "d"]) shop.put(`${name}.txt`, "");
      shop.git("config", "status.showUntrackedFiles", "no");
    },
    "this clone differs from its last commit: ?? a.txt, ?? b.txt, ?? c.txt and 1 more\nhint: commit it, or put it aside: git stash --include-untracked",
  ],
  "a staged file": [
    () => {
      shop.put("a.txt", "");
      shop.git("add", "a.txt");
    },
    "this clone differs from its last commit: A  a.txt\nhint: commit it, or put it aside: git stash --include-untracked",
  ],
  "a detached HEAD": [
    () => {
      shop.git("checkout", "--quiet", "--detach");
    },
    "no branch is checked out: HEAD is detached\nhint: check one out: git switch <branch>",
  ],
  "a branch without a commit": [
    () => {
      shop.git("switch", "--quiet", "--orphan", "empty");
    },
    "the branch 'empty' has no commit yet\nhint: make the first one by git",
  ],
  "a merge under way": [
    () => {
      shop.git("switch", "--quiet", "--create", "side");
      shop.commit("docs: nothing");
      shop.git("switch", "--quiet", "trunk");
      shop.git("merge", "--quiet", "--no-ff", "--no-commit", "side");
    },
    "a merge is under way in this clone\nhint: end it first: `git merge --continue`, or `git merge --abort`",
  ],
  "a rebase under way": [
    () => {
      shop.put("a.txt", "one\n");
      shop.commit("docs: one");
      expect(() => shop.git("rebase", "--quiet", "--exec", "false", "HEAD^")).toThrow("exec");
    },
    "a rebase is under way in this clone\nhint: end it first: `git rebase --continue`, or `git rebase --abort`",
  ],
  "an index that another git holds": [
    () => {
      writeFileSync(join(shop.root, ".git/index.lock"), "");
    },
    /^another git is at work in this clone: '.*\/\.git\/index\.lock' exists\nhint: wait for it to end; /,
  ],
  "no clone around it": [
    () => {
      rmSync(join(shop.root, ".git"), { recursive: true });
    },
    /^git cannot read '.*': not a git repository .*\nhint: run this in a clone/,
  ],
  "a history that is cut off": [
    () => {
      shop.put("a.txt", "");
      shop.commit("docs: a");
      shop.push();
      shop.git("fetch", "--quiet", "--depth=1", `file://${shop.origin}`, "trunk");
    },
    "this clone is shallow: its history ends before the beginning\n" +
      "hint: git fetch --unshallow; in GitHub Actions check out with `fetch-depth: 0`, in GitLab CI set GIT_DEPTH to 0",
  ],
  "nobody who commits": [
    () => {
      shop.git("config", "--unset", "user.email");
    },
    /^git does not know who commits: .*email.*\nhint: git config user\.name <name> && git config user\.email <address>$/s,
  ],
};

/** Whichever way is wanted, the refusal is the same, and all is left as it was. */
async function expectRefusal(refusal: string | RegExp, ways: readonly LandingOptions[] = modes): Promise<void> {
  const [before, origin] = [bytesOf(shop.root), bytesOf(shop.origin)];
  for (const options of ways) {
    const outcome = await land(shop, edit, options);
    expect({ options, said: outcome.refusal }).toEqual({
      options,
      said: typeof refusal === "string" ? refusal : expect.stringMatching(refusal),
    });
    expect(bytesOf(shop.root)).toEqual(before);
    expect(bytesOf(shop.origin)).toEqual(origin);
  }
}

describe("no way of committing is taken, and all is left as it was, with", () => {
  test.each(Object.keys(states))("%s", async (state) => {
    const [arrange, refusal] = states[state]!;
    arrange();
    await expectRefusal(refusal);
  });

  test("a project that is only a part of a clone", async () => {
    const part = join(shop.root, "part");
    mkdirSync(part);
    for (const options of modes) {
      expect((await land(shop, edit, options, { root: part })).refusal).toMatch(
        /^the project '.*\/part' is only a part of the clone '.*'\nhint: /,
      );
    }
  });
});

test("what git ignores is no change", async () => {
  shop.put(".gitignore", "build/\n");
  shop.commit("chore: ignore what is built");
  shop.push();
  shop.put("build/a.txt", "");
  expect(await land(shop, edit, { push: true })).toMatchObject({ landing: { outcome: "pushed" } });
});

describe("neither --push nor --branch is taken, and all is left as it was,", () => {
  const ways: readonly LandingOptions[] = [{ push: true }, { branch: "deploy" }];

  test.each(["upstream", "--upload-pack=touch"])("for the remote '%s', which there is not", async (remote) => {
    const refusal = `this clone has no remote '${remote}'\nhint: \`git remote\` lists them; name one by \`--remote <name>\``;
    await expectRefusal(
      refusal,
      ways.map((way) => ({ ...way, remote })),
    );
  });

  test("from another branch", async () => {
    shop.git("switch", "--quiet", "--create", "side");
    await expectRefusal("'side' is checked out, not 'trunk', which Argo CD follows\nhint: git switch trunk", ways);
  });

  test("with commits that are not pushed, which would go along", async () => {
    shop.commit("docs: mine alone");
    await expectRefusal(
      "there are commits here that 'trunk' of 'origin' does not have: local commits are not pushed along\n" +
        "hint: push them by git, or take them away: git reset --keep origin/trunk",
      ways,
    );
  });

  test("when the remote's branch has vanished", async () => {
    shop.git("--git-dir", shop.origin, "update-ref", "-d", "refs/heads/trunk");
    await expectRefusal("'origin' has no branch 'trunk'\nhint: repository.branch in environments/repository.ts names it", ways);
  });

  test("when the remote cannot be reached, without the password that its address may hold", async () => {
    shop.git("remote", "set-url", "origin", "http://bot:s3cret@127.0.0.1:9/books.git");
    await expectRefusal(
      /^git cannot fetch 'trunk' from 'origin': unable to access 'http:\/\/127\.0\.0\.1:9\/books\.git\/': .*\nhint: nothing was changed; /,
      ways,
    );
  });
});
