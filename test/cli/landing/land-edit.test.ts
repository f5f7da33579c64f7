import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { bytesOf, land, pinEdit } from "../../support/pin-edit.ts";
import { ShopClone } from "../../support/shop-clone.ts";

const pins = "environments/dev/images.yaml";
const [report, tag] = ["warehouse/stock-report", "sha-0123456"];
const edit = pinEdit(report, tag);
/** What is rendered from it. */
const rendered = "generated/yaml/dev/eu/warehouse/stock-report/cron-job-stock-report.yaml";

let shop: ShopClone;
beforeEach(() => {
  shop = new ShopClone();
});
afterEach(() => {
  shop.remove();
});

/** The paths that a commit changed beside the one before it. */
function filesOf(revision: string): string[] {
  return shop.git("diff", "--name-only", `${revision}^`, revision).split("\n");
}

async function isRendered(clone = shop): Promise<boolean> {
  return (await clone.run(["synth", "--check"])).exitCode === 0;
}

describe("without an option", () => {
  test("the edit and what is rendered from it are written, and nothing is committed", async () => {
    const { landing } = await land(shop, edit);
    expect(landing).toMatchObject({
      outcome: "written",
      exitCode: 0,
      commit: undefined,
      value: "warehouse/stock-report: registry.paperback.example/books/stock-report:sha-45e2b7e",
    });
    expect(shop.git("status", "--porcelain")).toBe(` M ${pins}\n M ${rendered}`);
    expect(await isRendered()).toBe(true);
    expect(shop.head()).toBe(shop.first);
  });

  test("it needs no clone", async () => {
    rmSync(join(shop.root, ".git"), { recursive: true });
    expect(await land(shop, edit)).toMatchObject({ landing: { outcome: "written" } });
    expect(shop.read(rendered)).toContain(tag);
  });

  test("what is wrong by a rule is told and not written", async () => {
    const before = bytesOf(shop.root);
    const { landing } = await land(shop, pinEdit(report, "latest"));
    expect(landing).toMatchObject({ outcome: "invalid", exitCode: 1, issues: [expect.objectContaining({ rule: "image-pins" })] });
    expect(bytesOf(shop.root)).toEqual(before);
  });

  test("what stands there already is nothing to do", async () => {
    await land(shop, edit);
    expect(await land(shop, edit)).toMatchObject({ landing: { outcome: "nothing", exitCode: 0, changes: [] } });
  });
});

describe("--commit", () => {
  test("makes one commit of the edit and what is rendered from it, by git's own author, and the files follow", async () => {
    const { landing } = await land(shop, edit, { commit: true });
    expect(landing).toMatchObject({ outcome: "committed", exitCode: 0, commit: shop.head() });
    expect(filesOf("HEAD")).toEqual([pins, rendered]);
    expect(shop.git("log", "-1", "--format=%an <%ae>|%cn|%cI|%B")).toBe(
      "Alice Reader <alice@paperback.example>|Alice Reader|2026-04-01T09:00:00+00:00|deploy: warehouse/stock-report sha-0123456 to dev\n\nEnvironment: dev\n",
    );
    expect(shop.git("rev-parse", "HEAD^")).toBe(shop.first);
    expect(shop.git("status", "--porcelain")).toBe("");
    expect(await isRendered()).toBe(true);
    expect(shop.pushed()).toBe(shop.first);
  });

  test("a second time is nothing to do", async () => {
    await land(shop, edit, { commit: true });
    const before = bytesOf(shop.root);
    expect(await land(shop, edit, { commit: true })).toMatchObject({ landing: { outcome: "nothing", commit: undefined } });
    expect(bytesOf(shop.root)).toEqual(before);
  });

  test("removes a file that the edit takes away, and one that nothing gives any more", async () => {
    shop.put("environments/dev/notes.yaml", "a: b\n");
    shop.commit("docs: notes");
    const plan = () => ({
      edit: { files: new Map([["environments/dev/notes.yaml", undefined]]), message: { subject: "docs: no notes", trailers: [] } },
      value: undefined,
    });
    await land(shop, plan, { commit: true });
    expect(shop.git("show", "--format=", "--name-status", "HEAD")).toBe("D\tenvironments/dev/notes.yaml");
  });

  test("does to a file what the clone's attributes say, as git add would", async () => {
    shop.put(".gitattributes", "*.yaml filter=shout\n");
    shop.git("config", "filter.shout.clean", "sed s/sha-0123456/sha-7654321/");
    shop.commit("chore: attributes");
    await land(shop, edit, { commit: true });
    expect(shop.git("show", `HEAD:${pins}`)).toContain("stock-report:sha-7654321");
  });

  test("signs where git is set to sign, and tells when it cannot", async () => {
    shop.git("config", "commit.gpgSign", "yes");
    shop.git("config", "gpg.program", "false");
    const before = bytesOf(shop.root);
    expect(await land(shop, edit, { commit: true })).toMatchObject({
      refusal: expect.stringMatching(/^git cannot make the commit: .*gpg.*\nhint: /),
    });
    expect(bytesOf(shop.root)).toEqual(before);
  });

  test("leaves alone what is wrong by a rule", async () => {
    const before = bytesOf(shop.root);
    expect(await land(shop, pinEdit(report, "latest"), { commit: true })).toMatchObject({ landing: { outcome: "invalid", exitCode: 1 } });
    expect(bytesOf(shop.root)).toEqual(before);
  });

  test("makes no commit where generated files are not what their definitions give", async () => {
    shop.edit(rendered, "sha-45e2b7e", "sha-fffffff");
    shop.commit("fix: by hand");
    const before = bytesOf(shop.root);
    expect((await land(shop, pinEdit("warehouse/shipping", tag), { commit: true })).refusal).toBe(
      `what is committed in 'generated/yaml' is not what the definitions give: ${rendered}\n` +
        "hint: run `npm run synth` and commit what it writes first: this commit shall hold nothing but its own change",
    );
    expect(bytesOf(shop.root)).toEqual(before);
  });
});

describe("--branch", () => {
  test("pushes the commit as a branch of its own; the branch here stays", async () => {
    const before = bytesOf(shop.root);
    const { landing } = await land(shop, edit, { branch: "deploy/report" });
    expect(landing).toMatchObject({ outcome: "branched", commit: shop.pushed("deploy/report") });
    expect(filesOf("origin/deploy/report")).toEqual([pins, rendered]);
    expect([shop.head(), shop.pushed()]).toEqual([shop.first, shop.first]);
    const after = bytesOf(shop.root);
    after.delete(".git/refs/remotes/origin/deploy/report");
    expect(after).toEqual(before);
  });

  test("is content with a branch that holds the same already, whoever made it", async () => {
    const first = await land(shop, edit, { branch: "deploy" });
    const again = await land(shop.another(), edit, { branch: "deploy" }, { now: () => new Date("2026-05-01T09:00:00Z") });
    expect(first.landing).toMatchObject({ outcome: "branched", exitCode: 0 });
    expect(again.landing).toEqual(first.landing);
  });

  test("is content with the same edit on top of what the followed branch held before", async () => {
    const first = await land(shop, edit, { branch: "deploy" });
    await land(shop, pinEdit("bookshop/storefront", "sha-7777777"), { push: true });
    const again = await land(shop, edit, { branch: "deploy" });
    expect(again.landing).toMatchObject({ outcome: "branched", exitCode: 0, commit: shop.pushed("deploy") });
    expect(first.landing).toMatchObject({ commit: shop.pushed("deploy") });
  });

  test("refuses a branch with that edit which was merged, and taken back since", async () => {
    await land(shop, edit, { branch: "deploy" });
    shop.git("merge", "--quiet", "--ff-only", "origin/deploy");
    shop.git("revert", "--no-edit", "HEAD");
    shop.push();
    expect((await land(shop, edit, { branch: "deploy" })).refusal).toContain("which holds something else");
  });

  test("refuses a branch that holds something else", async () => {
    await land(shop, edit, { branch: "deploy" });
    const there = shop.pushed("deploy");
    expect((await land(shop, pinEdit(report, "sha-7777777"), { branch: "deploy" })).refusal).toBe(
      "'origin' has a branch 'deploy' already, which holds something else\nhint: give another name, or remove it: git push origin --delete deploy",
    );
    expect(shop.pushed("deploy")).toBe(there);
  });

  test.each([
    ["trunk", "'trunk' is the branch that Argo CD follows\nhint: give another name, or `--push` for that one"],
    ["a..b", "a branch cannot be called 'a..b'\nhint: see `git help check-ref-format`"],
    ["-f", "a branch cannot be called '-f'\nhint: see `git help check-ref-format`"],
  ])("refuses the name '%s'", async (branch, refusal) => {
    expect(await land(shop, edit, { branch })).toMatchObject({ refusal });
  });

  test("is the way for what needs a review, and --push is not", async () => {
    const reviewed = pinEdit(report, tag, { needsReview: "'warehouse' in 'dev'" });
    const before = bytesOf(shop.root);
    expect((await land(shop, reviewed, { push: true })).refusal).toBe(
      "'warehouse' in 'dev' takes pull requests\nhint: give `--branch <name>` instead of `--push`",
    );
    expect(bytesOf(shop.root)).toEqual(before);
    expect(await land(shop, reviewed, { branch: "deploy" })).toMatchObject({ landing: { outcome: "branched" } });
  });
});

test("a file that was not to be changed is not touched", async () => {
  const before = statSync(join(shop.root, "environments/production/images.yaml"), { bigint: true });
  await land(shop, edit, { commit: true });
  expect(statSync(join(shop.root, "environments/production/images.yaml"), { bigint: true }).mtimeNs).toBe(before.mtimeNs);
});
