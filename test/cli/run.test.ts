import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { TemporaryShop } from "../support/temporary-shop.ts";

let shop: TemporaryShop;
beforeEach(() => {
  shop = new TemporaryShop();
});
afterEach(() => {
  expect(existsSync(shop.output)).toBe(false);
  shop.remove();
});

describe("the command line", () => {
  test.each([[["--help"]], [["help"]], [["synth", "--help"]], [["diff", "--help"]], [["validate", "-h"]]])(
    "answers %j on stdout and exits 0",
    async (argv) => {
      const { exitCode, stdout, stderr } = await shop.run(argv);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      expect(stdout).toMatch(/^Usage: keelson/);
    },
  );

  test("lists every command and option with what it does", async () => {
    expect((await shop.run(["--help"])).stdout).toMatch(/synth .*diff .*validate /s);
    const { stdout } = await shop.run(["synth", "--help"]);
    for (const option of ["--environment <name>", "--dist <folder>", "--check", "--force", "--output <format>"])
      expect(stdout).toContain(option);
  });

  test.each([
    [["synth", "--colour"], "error: unknown option '--colour'\n"],
    [["synth", "--forse"], "error: unknown option '--forse'\n(Did you mean --force?)\n"],
    [["validate", "--check"], "error: unknown option '--check'\n"],
    [["synth", "--dist"], "error: option '--dist <folder>' argument missing\n"],
    [["synth", "--output", "xml"], "error: option '--output <format>' argument 'xml' is invalid. Allowed choices are text, json.\n"],
    [["synth", "dev"], "error: too many arguments for 'synth'. Expected 0 arguments but got 1.\n"],
    [["deploy"], "error: unknown command 'deploy'\n"],
  ])("refuses %j and exits 2", async (argv, stderr) => {
    expect(await shop.run(argv)).toEqual({ exitCode: 2, stdout: "", stderr });
  });

  test("shows its help as talk and exits 2 when no command is given", async () => {
    const { exitCode, stdout, stderr } = await shop.run([]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/^Usage: keelson/);
  });

  test("tells a mistake in the definitions without a stack, and exits 2", async () => {
    const definitions = { ...bookshop, controlPlanes: [] };
    for (const command of ["synth", "diff", "validate"]) {
      expect(await shop.run([command], { definitions })).toEqual({
        exitCode: 2,
        stdout: "",
        stderr:
          "error: no control plane serves the environment 'dev'\n  hint: list every environment under exactly one control plane in environments/registry.ts\n",
      });
    }
  });

  test("tells a bug with its stack, and exits 2", async () => {
    const definitions = { ...bookshop, environments: undefined as never };
    const { exitCode, stdout, stderr } = await shop.run(["validate"], { definitions });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/^TypeError: .*\n {4}at /);
  });
});
