import { Command } from "commander";
import { expect, test } from "@jest/globals";
import { addLandingOptions } from "../../../lib/cli/landing/landing-options.ts";

function parse(...argv: readonly string[]): object {
  const program = addLandingOptions(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  return program.parse([...argv], { from: "user" }).opts();
}

test.each([
  [["--commit", "--push"], "error: option '--commit' cannot be used with option '--push'"],
  [["--branch", "deploy", "--commit"], "error: option '--commit' cannot be used with option '--branch <name>'"],
  [["--branch", "deploy", "--push"], "error: option '--push' cannot be used with option '--branch <name>'"],
])("%j are two ways at once", (argv, message) => {
  expect(() => parse(...argv)).toThrow(message);
});

test("tickets may be several; without an option nothing is given", () => {
  expect(parse("--refs", "SHOP-1", "--refs", "SHOP-2", "--push")).toEqual({ refs: ["SHOP-1", "SHOP-2"], push: true });
  expect(parse()).toEqual({});
});
