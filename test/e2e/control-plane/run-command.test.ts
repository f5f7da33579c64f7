import process from "node:process";
import { expect, test } from "@jest/globals";
import { outcomeOf, runCommand } from "./run-command.ts";

const node = (script: string): [string, string[]] => [process.execPath, ["-e", script]];

test("a program's exit code and what it printed are its outcome, however much it is", async () => {
  const megabytes = 'process.stdout.write("x".repeat(3 << 20)); console.error("done"); process.exitCode = 3';
  const { exitCode, stdout, stderr } = await outcomeOf(...node(megabytes));
  expect([exitCode, stdout.length, stderr]).toEqual([3, 3 << 20, "done\n"]);
});

test("a program reads what it is given", async () => {
  expect(await runCommand(...node("process.stdin.pipe(process.stdout)"), { input: "apples" })).toBe("apples");
});

test("a command that fails is an error with what it said", async () => {
  await expect(runCommand(...node('console.error("no apples"); process.exitCode = 3'))).rejects.toThrow(/: exit code 3\nno apples$/);
});

test("a program that a signal ends, or that is not there, has no outcome", async () => {
  await expect(outcomeOf(...node('process.kill(process.pid, "SIGKILL")'))).rejects.toThrow(/: SIGKILL\n$/);
  await expect(outcomeOf("keelson-no-such-program", [])).rejects.toThrow("ENOENT");
});
