import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { LandingJob } from "../../../lib/cli/landing/landing.ts";
import { pushEdit } from "../../../lib/cli/landing/push-edit.ts";
import { bookshop } from "../../fixtures/bookshop/definitions.ts";
import { bytesOf, land, outcomeOf, pinEdit } from "../../support/pin-edit.ts";
import { ShopClone } from "../../support/shop-clone.ts";

const pins = "environments/dev/images.yaml";
const report = "warehouse/stock-report";
const edit = pinEdit(report, "sha-0123456");

let shop: ShopClone;
beforeEach(() => {
  shop = new ShopClone();
});
afterEach(() => {
  shop.remove();
});

async function isRendered(clone: ShopClone): Promise<boolean> {
  return (await clone.run(["synth", "--check"])).exitCode === 0;
}

/** Subjects of the branch that was pushed, newest first; fails where it is not one straight line. */
function pushedSubjects(): string[] {
  shop.git("fetch", "--quiet", "origin");
  expect(shop.git("rev-list", "--min-parents=2", "origin/trunk")).toBe("");
  return shop.git("log", "--format=%s", "origin/trunk").split("\n");
}

/** The same plan, with what happens meanwhile the first time it is called. */
function meanwhile(plan: LandingJob<string>["plan"], happens: () => unknown): LandingJob<string>["plan"] {
  let calls = 0;
  return async (base) => {
    const planned = await plan(base);
    if (calls++ === 0) await happens();
    return planned;
  };
}

function hook(folder: string, name: string, script: string): void {
  mkdirSync(join(folder, "hooks"), { recursive: true });
  writeFileSync(join(folder, "hooks", name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, "hooks", name), 0o755);
}

test("the commit is pushed, and the branch here follows", async () => {
  const { landing, stderr } = await land(shop, edit, { push: true });
  expect(landing).toMatchObject({ outcome: "pushed", commit: shop.head(), attempts: 1, exitCode: 0 });
  expect([shop.pushed(), shop.git("status", "--porcelain"), stderr]).toEqual([shop.head(), "", ""]);
  expect(await isRendered(shop)).toBe(true);
});

test("a second time is nothing to do, from a clone that is behind too", async () => {
  const other = shop.another();
  await land(shop, edit, { push: true });
  expect(await land(other, edit, { push: true })).toMatchObject({ landing: { outcome: "nothing", exitCode: 0 } });
  expect(other.head()).toBe(shop.head());
});

test("a clone that is behind takes what was pushed first", async () => {
  const other = shop.another();
  await land(other, pinEdit("bookshop/catalogue", "sha-2222222"), { push: true });
  expect(await land(shop, edit, { push: true })).toMatchObject({ landing: { outcome: "pushed", attempts: 1 } });
  expect(pushedSubjects()).toHaveLength(3);
});

describe("somebody else pushes meanwhile", () => {
  test.each([
    ["another line", "bookshop/catalogue"],
    ["the line above", "warehouse/stock-database:log-shipper"],
  ])("%s: both land, one on top of the other", async (_line, key) => {
    const other = shop.another();
    const pauses: number[] = [];
    const theirs = pinEdit(key, "sha-7777777");
    const { landing, stderr } = await land(
      shop,
      meanwhile(edit, () => land(other, theirs, { push: true })),
      { push: true },
      { sleep: (milliseconds) => Promise.resolve(void pauses.push(milliseconds)) },
    );
    expect(landing).toMatchObject({ outcome: "pushed", attempts: 2, commit: shop.pushed() });
    expect(stderr).toBe("'trunk' of 'origin' moved meanwhile; planning anew on top of that\n");
    expect(pauses).toHaveLength(1);
    expect(pushedSubjects()).toEqual([
      "deploy: warehouse/stock-report sha-0123456 to dev",
      `deploy: ${key} sha-7777777 to dev`,
      "feat: the bookshop",
    ]);
    expect(shop.read(pins)).toMatch(/stock-report:sha-0123456\n/);
    expect(shop.read(pins)).toContain(":sha-7777777\n");
    expect(await isRendered(shop)).toBe(true);
  });

  test("the same line: it is planned anew from what they wrote", async () => {
    const other = shop.another();
    const lines: string[] = [];
    const told: typeof edit = async (base) => {
      const planned = await edit(base);
      lines.push(planned.value.split(":").at(-1)!);
      return planned;
    };
    const theirs = pinEdit(report, "sha-7777777");
    await land(
      shop,
      meanwhile(told, () => land(other, theirs, { push: true })),
      { push: true },
    );
    expect(lines).toEqual(["sha-45e2b7e", "sha-7777777"]);
    expect(pushedSubjects()).toHaveLength(3);
    expect(shop.read(pins)).toMatch(/stock-report:sha-0123456\n/);
  });

  test("just the same: there is nothing left to do", async () => {
    const other = shop.another();
    const { landing } = await land(
      shop,
      meanwhile(edit, () => land(other, edit, { push: true }, { now: () => new Date("2026-03-31T09:00:00Z") })),
      { push: true },
    );
    expect(landing).toMatchObject({ outcome: "nothing", exitCode: 0, attempts: 2 });
    expect(pushedSubjects()).toHaveLength(2);
  });

  test("always: it is given up at last, with nothing pushed and nothing changed here but what was fetched", async () => {
    const other = shop.another();
    const plan: typeof edit = async (base) => {
      other.commit("docs: once more");
      other.push();
      return edit(base);
    };
    const { refusal } = await outcomeOf(shop, (io) => pushEdit({ definitions: bookshop, plan, options: { push: true }, io }, 3));
    expect(refusal).toBe(
      "'trunk' of 'origin' moved 3 times while this was planned and pushed\nhint: nothing was pushed; run this again when fewer others push",
    );
    expect(shop.git("status", "--porcelain")).toBe("");
    expect(shop.pushed()).toBe(other.head());
    expect(shop.read(pins)).not.toContain("sha-0123456");
  });

  test("what is not rendered: it is not carried along", async () => {
    const other = shop.another();
    other.edit(pins, "stock-report:sha-45e2b7e", "stock-report:sha-9999999");
    other.commit("fix: by hand, without synth");
    other.push();
    expect((await land(shop, pinEdit("bookshop/catalogue", "sha-1111111"), { push: true })).refusal).toMatch(
      /^what is committed in 'generated\/yaml' is not what the definitions give: .*stock-report\.yaml\nhint: run `npm run synth`/,
    );
    expect(shop.pushed()).toBe(other.head());
  });
});

describe("the program changed under it", () => {
  test.each([
    ["a definition", "apps/warehouse/system.ts", 1],
    ["the settings of an environment", "environments/dev/environment.ts", 1],
    ["a pull request's page of documentation", "docs/pins.md", 0],
    ["another environment's holds", "environments/production/holds.yaml", 0],
  ])("%s: %s restarts it %d times", async (_what, path, restarts) => {
    const other = shop.another();
    other.put(path, "");
    other.commit("feat: more");
    other.push();
    let [restarted, atRestart] = [0, ""];
    const restart = () => {
      [restarted, atRestart] = [restarted + 1, shop.head()];
      return Promise.resolve(7);
    };
    const { landing } = await land(shop, edit, { push: true }, { restart });
    expect(restarted).toBe(restarts);
    if (restarts === 0) expect(landing).toMatchObject({ outcome: "pushed" });
    else expect({ landing, atRestart }).toEqual({ landing: { outcome: "restarted", exitCode: 7 }, atRestart: other.head() });
  });

  test("other packages are wanted: it stops, and leaves the clone behind", async () => {
    const other = shop.another();
    other.put("package-lock.json", "{}\n");
    other.commit("chore: packages");
    other.push();
    const before = bytesOf(shop.root);
    expect((await land(shop, edit, { push: true })).refusal).toBe(
      "'trunk' of 'origin' wants other packages than are installed here\nhint: run `git pull --ff-only && npm ci`, then this again",
    );
    const after = bytesOf(shop.root);
    for (const bytes of [before, after]) for (const path of [".git/refs/remotes/origin/trunk", ".git/packed-refs"]) bytes.delete(path);
    expect(after).toEqual(before);
  });
});

describe("a remote that says no", () => {
  test("is no race: its reason is told once, and nothing is changed", async () => {
    hook(shop.origin, "pre-receive", 'echo "trunk takes reviewed changes only" >&2; exit 1');
    const before = bytesOf(shop.root);
    expect(await land(shop, edit, { push: true })).toMatchObject({
      refusal:
        "'origin' does not take the commit on 'trunk': pre-receive hook declined: trunk takes reviewed changes only\n" +
        "hint: where the branch takes pull requests only, give `--branch <name>`",
      stderr: "",
    });
    expect(bytesOf(shop.root)).toEqual(before);
  });

  test("for a moment, because somebody holds the branch, is asked again", async () => {
    const lock = join(shop.origin, "refs/heads/trunk.lock");
    writeFileSync(lock, "");
    const sleep = () => {
      rmSync(lock, { force: true });
      return Promise.resolve();
    };
    expect((await land(shop, edit, { push: true }, { sleep })).landing).toMatchObject({ outcome: "pushed", attempts: 2 });
  });

  test("so do hooks of the person's own before a push", async () => {
    hook(join(shop.root, ".git"), "pre-push", 'echo "not on a Friday" >&2; exit 1');
    expect((await land(shop, edit, { push: true })).refusal).toBe(
      "git cannot push to 'origin': not on a Friday\nhint: look whether the commit has arrived (git fetch origin), then run this again",
    );
    expect(shop.pushed()).toBe(shop.first);
  });
});

test("a commit that has arrived is no failure when the branch here cannot follow", async () => {
  hook(shop.origin, "post-receive", `: > ${join(shop.root, ".git/index.lock")}`);
  const { landing, stderr } = await land(shop, edit, { push: true });
  expect(landing).toMatchObject({ outcome: "pushed", exitCode: 0, commit: shop.pushed() });
  expect(stderr).toMatch(
    /^warning: the commit is pushed, but the branch here stays behind: git cannot fast-forward the branch: .*index\.lock/,
  );
});
