import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { UserError } from "../../lib/errors/user-error.ts";
import { FakeCluster } from "../support/fake-cluster.ts";
import { TemporaryClone } from "../support/temporary-clone.ts";
import { TemporaryShop } from "../support/temporary-shop.ts";

let shop: TemporaryShop;
beforeEach(() => {
  shop = new TemporaryShop();
});
afterEach(() => {
  shop.remove();
});

interface Printed {
  readonly controlPlane: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly checks: readonly {
    readonly id: string;
    readonly result: string;
    readonly detail: string;
    readonly findings?: readonly string[];
  }[];
}

describe("preflight", () => {
  test("asks no cluster offline, and says so", async () => {
    await shop.run(["synth"]);
    const git = new TemporaryClone(shop.root);
    git.commit();
    const { exitCode, stdout } = await shop.run(["preflight", "--offline", "--output", "json"]);
    const printed = JSON.parse(stdout) as Printed;
    expect(exitCode).toBe(1);
    expect(printed.controlPlane).toBe("central");
    expect(Object.fromEntries(printed.checks.slice(0, 4).map(({ id, result }) => [id, result]))).toEqual({
      // the bookshop lives under .example too
      placeholders: "fail",
      "example-images": "fail",
      "generated-files": "pass",
      committed: "pass",
    });
    expect(printed.checks.filter(({ result }) => result === "skipped")).toHaveLength(14);
    expect(printed.counts.skipped).toBe(14);
  });

  test("prints each check with what it found and what to do", async () => {
    const cluster = new FakeCluster({ context: "paperback-eu" });
    const { exitCode, stdout } = await shop.run(["preflight"], { connect: () => Promise.resolve(cluster) });
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      "pass    the API server answers: https://cluster.test:6443 (context 'paperback-eu') runs v1.36.3 [api-server]\n",
    );
    expect(stdout).toMatch(
      /^fail {4}the generated files are what the definitions give: \d+ files differ \[generated-files\]\n( {10}generated\/yaml\/.*\n){20} {10}and \d+ more\n {8}fix: run `keelson synth` and commit what it writes\n/m,
    );
    expect(stdout).toContain("unknown everything is committed: git cannot read");
    expect(stdout).toMatch(/\n\d+ passed, \d+ failed, \d+ unknown, 0 skipped\n$/);
    expect(cluster.asked.every((asked) => /^(version|get|list)/.test(asked))).toBe(true);
  });

  test("tells programs everything that was found", async () => {
    const { stdout } = await shop.run(["preflight", "--offline", "--output", "json"]);
    const { detail, findings = [] } = (JSON.parse(stdout) as Printed).checks.find(({ id }) => id === "generated-files") ?? {};
    expect(findings.length).toBeGreaterThan(20);
    expect(detail).toBe(`${findings.length} files differ`);
  });

  test("has no colours unless it goes to a terminal", async () => {
    const stdout = async (terminal: boolean) => (await shop.run(["preflight", "--offline"], { color: true, terminal })).stdout;
    expect(await stdout(false)).not.toContain("\u001b");
    expect(await stdout(true)).toContain("\u001b");
  });

  test("cannot run without the cluster that it is told to ask, or for a control plane that is unknown", async () => {
    expect(await shop.run(["preflight"], { connect: () => Promise.reject(new UserError("there is no kubeconfig 'x'")) })).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: "error: there is no kubeconfig 'x'\n",
    });
    expect(await shop.run(["preflight", "--control-plane", "west"])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("there is no control plane 'west'"),
    });
  });
});
