import { cpSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { rules } from "../../lib/validation/rules.ts";
import { stageChecks } from "../../lib/validation/stage-checks.ts";
import { projectRoot } from "../support/project-copy.ts";
import { TemporaryShop } from "../support/temporary-shop.ts";

let shop: TemporaryShop;
beforeEach(() => {
  shop = new TemporaryShop();
});
afterEach(() => {
  shop.remove();
});

const title = "Every Secret that a Pod or an Ingress reads is made in its namespace, with the keys that are read.";

describe("rules", () => {
  test("lists every check with its severity, subject and title", async () => {
    const { exitCode, stdout, stderr } = await shop.run(["rules"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const [heading = "", ...lines] = stdout.trimEnd().split("\n");
    expect(heading).toMatch(/^RULE +SEVERITY {2}SUBJECT +TITLE$/);
    expect(lines).toHaveLength(rules.length + stageChecks.length);
    const [line = ""] = lines.filter((entry) => entry.startsWith("secret-exists "));
    expect(line.split(/ {2,}/)).toEqual(["secret-exists", "error", "references", title]);
    expect(line.indexOf(title)).toBe(heading.indexOf("TITLE"));
  });

  test("lists them as JSON", async () => {
    const listed = JSON.parse((await shop.run(["rules", "--output", "json"])).stdout) as { id: string }[];
    expect(listed.map(({ id }) => id).sort()).toEqual([...rules, ...stageChecks].map(({ id }) => id).sort());
    expect(listed.find(({ id }) => id === "secret-exists")).toEqual({
      ...{ id: "secret-exists", severity: "error", subject: "references", title, needs: "manifests" },
      ...{ reason: expect.any(String), fix: expect.any(String), page: "docs/rules/secret-exists.md" },
    });
  });
});

describe("rules explain", () => {
  test("prints what a rule asks, and its page, which tells why and what to do once", async () => {
    cpSync(join(projectRoot, "docs/rules"), join(shop.root, "docs/rules"), { recursive: true });
    const { exitCode, stdout, stderr } = await shop.run(["rules", "explain", "secret-exists"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(new RegExp(`^secret-exists \\(error, references\\)\n\n${title}\n\nRead are `));
    expect(stdout.match(/^#.*/gm)).toEqual(["## Why", "## Reported", "## Passes", "## How to mend it"]);
    expect(stdout).not.toMatch(/^(Why|Mend): /m);
    expect(stdout.match(/^Every Secret that/gm)).toHaveLength(1);
  });

  test("explains what other stages report, and does without a page", async () => {
    const { exitCode, stdout } = await shop.run(["rules", "explain", "image-pins"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^image-pins \(error, input\)\n\nEvery image pin .*\n\nWhy: {2}.*\nMend: .*\n$/);
  });

  test("explains it as JSON, wherever the option stands", async () => {
    const page = "docs/rules/waiver.md";
    for (const argv of [
      ["rules", "explain", "waiver", "--output", "json"],
      ["rules", "--output", "json", "explain", "waiver"],
    ])
      expect(JSON.parse((await shop.run(argv)).stdout)).toMatchObject({ id: "waiver", page });
  });

  test("names the nearest where there is no such rule", async () => {
    const { exitCode, stdout, stderr } = await shop.run(["rules", "explain", "secret-exist"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/^error: there is no rule 'secret-exist'\n {2}hint: the nearest are: 'secret-exists', /);
  });

  test("names the list where no rule is called anything like it", async () => {
    expect((await shop.run(["rules", "explain", "zzz"])).stderr).toBe(
      "error: there is no rule 'zzz'\n  hint: `keelson rules` lists them\n",
    );
    expect((await shop.run(["rules", "explain", "secret"])).stderr).toContain("'secret-exists'");
  });
});
