import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "@jest/globals";
import { identifyProcess, identifySelf, isRunning } from "./process-identity.ts";
import { readRunRecord, type RecordedProcess } from "./run-record.ts";
import { Run } from "./run.ts";
import { useTemporaryCache } from "./temporary-cache.ts";
import { waitFor } from "./wait-for.ts";

const runs: Run[] = [];
afterEach(async () => {
  for (const run of runs.splice(0)) await run.stop();
});
// after it: its folder goes last
useTemporaryCache();

test("a started process stands in the record, and leads a group of its own", () => {
  const run = newRun();
  start(run, "sleeper", "setInterval(() => {}, 1000)");
  const [recorded] = processesOf(run);
  expect(recorded).toMatchObject({ name: "sleeper", command: [process.execPath, "-e", "setInterval(() => {}, 1000)"] });
  expect(isRunning(recorded!)).toBe(true);
  expect(groupOf(recorded!.pid)).toBe(recorded!.pid);
});

test("a process whose owner dies before it is recorded never begins", async () => {
  const run = newRun();
  // killed where the record is written: between the start of the shell and its line
  const script = `
    import { syncBuiltinESMExports } from "node:module";
    import fs from "node:fs";
    const { Run } = await import(${JSON.stringify(join(import.meta.dirname, "run.ts"))});
    const run = Run.create();
    fs.writeFileSync = () => process.kill(process.pid, "SIGKILL");
    syncBuiltinESMExports();
    run.start({ name: "orphan", program: "touch", args: [${JSON.stringify(run.path("began"))}] });
  `;
  const args = ["--import", "tsx", "--input-type=module", "-e", script];
  // jest's own environment, with the temporary cache in it, is not what a child gets by itself
  const { signal, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env: process.env });
  expect([signal, stderr]).toEqual(["SIGKILL", ""]);
  await sleep(300);
  expect(existsSync(run.path("began"))).toBe(false);
});

test("stopping ends every process and removes the folder", async () => {
  const run = newRun();
  start(run, "first", "setInterval(() => {}, 1000)");
  start(run, "second", "setInterval(() => {}, 1000)");
  const recorded = processesOf(run);
  await run.stop();
  expect(recorded.map(isRunning)).toEqual([false, false]);
  expect(existsSync(run.folder)).toBe(false);
});

test("a process that ignores the request to end is killed", async () => {
  const run = newRun();
  start(run, "stubborn", "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('deaf')");
  await waitFor("it ignores the signal", () => Promise.resolve(readFileSync(run.logPath("stubborn"), "utf8").includes("deaf")));
  const [recorded] = processesOf(run);
  await run.stop();
  expect(isRunning(recorded!)).toBe(false);
});

test("a process that dies while it is waited for gives the end of its log", async () => {
  const run = newRun();
  start(run, "broken", "console.error('no such database'); process.exit(3)");
  await expect(run.waitFor("it answers", () => Promise.resolve(undefined))).rejects.toThrow(
    "'broken' ended while starting; the end of its log:\nno such database",
  );
});

test("a restarted process is another one under the same name", async () => {
  const run = newRun();
  start(run, "server", "setInterval(() => {}, 1000)");
  const [before] = processesOf(run);
  await run.restart("server");
  const after = processesOf(run);
  expect(after.map(({ name }) => name)).toEqual(["server"]);
  expect([isRunning(before!), isRunning(after[0]!)]).toEqual([false, true]);
});

test("what lies in a run's folder is for its owner's eyes only", () => {
  const run = newRun();
  start(run, "sleeper", "setInterval(() => {}, 1000)");
  expect(statSync(run.folder).mode & 0o077).toBe(0);
  expect(readdirSync(run.folder, { recursive: true, encoding: "utf8" }).filter((name) => statSync(run.path(name)).mode & 0o077)).toEqual(
    [],
  );
});

test("another owner keeps the logs of a stopped run, and nothing else", async () => {
  const owner = identifyProcess(process.ppid)!;
  process.env.KEELSON_E2E_RUN_OWNER = JSON.stringify(owner);
  const run = newRun();
  start(run, "server", "console.log('ready')");
  run.makeFolder("data");
  await run.stop();
  expect(readdirSync(run.folder).sort()).toEqual(["log", "run.json"]);
  expect(readRunRecord(run.folder)).toMatchObject({ owner, processes: [] });
});

test("no two runs claim the same port", async () => {
  const ports = (await Promise.all([newRun(), newRun(), newRun()].map((run) => run.claimPorts(20)))).flat();
  expect(new Set(ports).size).toBe(60);
});

test("this process owns what it starts", () => {
  expect(readRunRecord(newRun().folder)?.owner).toEqual(identifySelf());
});

function newRun(): Run {
  const run = Run.create();
  runs.push(run);
  return run;
}

function start(run: Run, name: string, script: string): void {
  run.start({ name, program: process.execPath, args: ["-e", script] });
}

function processesOf(run: Run): readonly RecordedProcess[] {
  return readRunRecord(run.folder)?.processes ?? [];
}

function groupOf(pid: number): number {
  // field 5; the command, field 2, stands in brackets and may itself hold blanks and brackets
  if (process.platform === "linux") return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[2]);
  return Number(spawnSync("ps", ["-o", "pgid=", "-p", String(pid)], { encoding: "utf8" }).stdout);
}
