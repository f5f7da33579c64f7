import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { land, pinEdit } from "../support/pin-edit.ts";
import { ShopClone } from "../support/shop-clone.ts";

const pins = "environments/dev/images.yaml";
const [above, below] = ["warehouse/stock-report", "warehouse/stock-report:log-shipper"];
const job = "generated/yaml/dev/eu/warehouse/stock-report/cron-job-stock-report.yaml";

let shop: ShopClone;
beforeEach(() => {
  shop = new ShopClone();
  // as this project's own .gitattributes say it of dist/
  shop.put(".gitattributes", "generated/yaml/** merge=binary\n");
  shop.commit("chore: attributes");
});
afterEach(() => {
  shop.remove();
});

/** Two branches, each with commits of its own; `trunk` is checked out at the end. */
async function part(ours: () => Promise<unknown>, theirs: () => Promise<unknown>): Promise<void> {
  shop.git("switch", "--quiet", "--create", "side");
  await theirs();
  shop.git("switch", "--quiet", "trunk");
  await ours();
}

const pin = (key: string, tag: string) => () => land(shop, pinEdit(key, tag), { commit: true });

function conflicts(): string[] {
  return shop
    .git("diff", "--name-only", "--diff-filter=U")
    .split("\n")
    .filter((path) => path !== "");
}

describe("two branches that move neighbouring pins of one workload", () => {
  beforeEach(() => part(pin(above, "sha-1111111"), pin(below, "sha-2222222")));

  test("leave the pins and the generated file in conflict, and never a file merged line by line", () => {
    expect(() => shop.git("merge", "--quiet", "side")).toThrow();
    expect(conflicts()).toEqual([pins, job]);
    expect(shop.read(job)).not.toContain("<<<<<<<");
    expect(shop.read(job)).not.toContain("sha-2222222");
  });

  test.each([
    ["merge", ["merge", "--quiet", "side"], ["commit", "--quiet", "--no-edit"]],
    ["rebase", ["rebase", "--quiet", "side"], ["-c", "core.editor=true", "rebase", "--continue"]],
    ["cherry-pick", ["cherry-pick", "side"], ["-c", "core.editor=true", "cherry-pick", "--continue"]],
  ])("are one after `keelson resolve` in a %s", async (name, begin, end) => {
    expect(() => shop.git(...begin)).toThrow();
    expect(await shop.run(["resolve"])).toEqual({
      exitCode: 0,
      stdout: `merged ${pins}\n1 generated files written, generated/yaml staged\n`,
      stderr: `hint: look at it by \`git diff --cached\`, then run \`git ${name} --continue\`\n`,
    });
    expect(conflicts()).toEqual([]);
    shop.git(...end);
    expect(shop.git("status", "--porcelain")).toBe("");
    expect(shop.read(pins)).toMatch(/stock-report: .*:sha-1111111\nwarehouse\/stock-report:log-shipper: .*:sha-2222222\n/);
    expect((await shop.run(["synth", "--check"])).exitCode).toBe(0);
  });

  test("stay as they are where a definition is in conflict too, which is named", async () => {
    shop.git("switch", "--quiet", "side");
    shop.put("apps/system.ts", "export const a = 1;\n");
    shop.commit("feat: one");
    shop.git("switch", "--quiet", "trunk");
    shop.put("apps/system.ts", "export const a = 2;\n");
    shop.commit("feat: two");
    expect(() => shop.git("merge", "--quiet", "side")).toThrow();
    const before = shop.git("status", "--porcelain");
    expect(await shop.run(["resolve"])).toEqual({
      exitCode: 2,
      stdout: "",
      stderr:
        "error: this must be merged by hand: 'apps/system.ts'\n" +
        "  hint: do so, `git add` it, then run this again for what programs write\n",
    });
    expect(shop.git("status", "--porcelain")).toBe(before);
    writeFileSync(join(shop.root, "apps/system.ts"), "export const a = 3;\n");
    shop.git("add", "apps/system.ts");
    expect(await shop.run(["resolve"])).toMatchObject({ exitCode: 0 });
    expect(conflicts()).toEqual([]);
  });

  test("stage nothing else, and a second time changes nothing", async () => {
    expect(() => shop.git("merge", "--quiet", "side")).toThrow();
    shop.put("notes.txt", "mine\n");
    await shop.run(["resolve"]);
    const status = shop.git("status", "--porcelain");
    expect(status).toContain("?? notes.txt");
    expect(await shop.run(["resolve"])).toMatchObject({ exitCode: 0, stdout: "0 generated files written, generated/yaml staged\n" });
    expect(shop.git("status", "--porcelain")).toBe(status);
  });
});

describe("two branches that move one pin, and one of them its neighbour", () => {
  beforeEach(() =>
    part(pin(above, "sha-1111111"), async () => {
      await pin(above, "sha-2222222")();
      await pin(below, "sha-3333333")();
    }),
  );

  test("are named with both values, and nothing but that one stays in conflict until somebody chooses", async () => {
    expect(() => shop.git("merge", "--quiet", "side")).toThrow();
    const before = [shop.git("status", "--porcelain"), shop.read(job)];
    const image = "registry.paperback.example/books/stock-report";
    expect(await shop.run(["resolve"])).toEqual({
      exitCode: 1,
      stdout: `'${above}' in ${pins}: HEAD has '${image}:sha-1111111', the other side has '${image}:sha-2222222'\n`,
      stderr: "hint: between the markers choose a line of each, and leave the others; `git add` the file, then run this again\n",
    });
    expect([shop.git("status", "--porcelain"), shop.read(job)]).toEqual(before);
    const own = `${above}: ${image}:sha-1111111\n`;
    const marked = `<<<<<<< HEAD\n${own}=======\n${above}: ${image}:sha-2222222\n>>>>>>> the other side\n`;
    expect(shop.read(pins)).toContain(`${marked}${below}: `);
    shop.edit(pins, marked, own);
    // edited, and not staged yet: what was chosen stays
    expect(await shop.run(["resolve"])).toMatchObject({ exitCode: 1 });
    shop.git("add", pins);
    expect(await shop.run(["resolve"])).toMatchObject({ exitCode: 0 });
    expect(conflicts()).toEqual([]);
    for (const tag of ["sha-1111111", "sha-3333333"]) expect(shop.read(job)).toContain(tag);
  });
});

test("what both sides give together and a rule refuses is told, and nothing is written", async () => {
  const without = async () => {
    shop.edit(pins, "warehouse/stock-report:log-shipper: ", "warehouse/stock-report:log-shiper: ");
    shop.commit("fix: by hand");
    return Promise.resolve();
  };
  await part(pin(above, "sha-1111111"), without);
  expect(() => shop.git("merge", "--quiet", "side")).toThrow();
  const before = shop.git("status", "--porcelain");
  const { exitCode, stderr } = await shop.run(["resolve"]);
  expect({ exitCode, last: stderr.trimEnd().split("\n").at(-1) }).toEqual({
    exitCode: 1,
    last: "nothing was written: what both sides give together is wrong",
  });
  expect(shop.git("status", "--porcelain")).toBe(before);
});

test("without a merge or rebase there is nothing to resolve", async () => {
  expect(await shop.run(["resolve"])).toEqual({
    exitCode: 2,
    stdout: "",
    stderr: "error: no merge or rebase is under way in this clone\n  hint: generated files are brought up to date by `npm run synth`\n",
  });
});
