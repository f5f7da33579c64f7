import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { afterEach, expect, test } from "@jest/globals";
import { identifyProcess, identifySelf, isRunning, type ProcessIdentity } from "./process-identity.ts";
import { runsFolder, writeRunRecord, type RunRecord } from "./run-record.ts";
import { cleanUpStaleRuns, endRunsOf, keepLogsOf } from "./stale-runs.ts";
import { useTemporaryCache } from "./temporary-cache.ts";

useTemporaryCache();
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

test("what a killed owner left behind is ended and removed", async () => {
  const owner = startProcess();
  const worker = startProcess();
  const folder = writeRun("aaaa", { owner: identityOf(owner), processes: [recordOf(worker)] });
  await cleanUpStaleRuns();
  expect([isRunning(recordOf(worker)), existsSync(folder)]).toEqual([true, true]);
  const recorded = recordOf(worker);
  owner.kill("SIGKILL");
  await once(owner, "exit");
  await cleanUpStaleRuns();
  expect([isRunning(recorded), existsSync(folder)]).toEqual([false, false]);
});

test("a process that has got the number of a recorded one is left alone", async () => {
  const stranger = startProcess();
  const folder = writeRun("bbbb", { owner: gone, processes: [{ ...recordOf(stranger), startTime: "another time" }] });
  await cleanUpStaleRuns();
  expect(isRunning(recordOf(stranger))).toBe(true);
  expect(existsSync(folder)).toBe(false);
});

test("a kept cluster is never stale", async () => {
  const server = startProcess();
  const folder = writeRun("cccc", { owner: gone, kept: true, processes: [recordOf(server)] });
  await cleanUpStaleRuns();
  await endRunsOf(gone);
  expect([isRunning(recordOf(server)), existsSync(folder)]).toEqual([true, true]);
});

test("a folder without a record is removed once nobody can be about to write it", async () => {
  const folder = join(runsFolder(), "dddd");
  mkdirSync(folder, { recursive: true });
  await cleanUpStaleRuns();
  expect(existsSync(folder)).toBe(true);
  const before = new Date(Date.now() - 120_000);
  utimesSync(folder, before, before);
  await cleanUpStaleRuns();
  expect(existsSync(folder)).toBe(false);
});

test("an owner ends its own runs only", async () => {
  const [own, other] = [startProcess(), startProcess()];
  const stranger = startProcess();
  writeRun("eeee", { owner: identifySelf(), processes: [recordOf(own)] });
  const kept = writeRun("ffff", { owner: identityOf(stranger), processes: [recordOf(other)] });
  const recorded = recordOf(own);
  await endRunsOf(identifySelf());
  expect([isRunning(recorded), isRunning(recordOf(other))]).toEqual([false, true]);
  expect(readdirSync(runsFolder())).toEqual(["ffff"]);
  expect(existsSync(kept)).toBe(true);
});

test("the logs of the three newest failed runs are kept", () => {
  const folder = writeRun("abcd", { owner: identifySelf() });
  const targets = [1, 2, 3, 4].map((run) => {
    writeFileSync(join(folder, "log/server.log"), `run ${run}\n`);
    return keepLogsOf(identifySelf())!;
  });
  expect(targets.map((target) => existsSync(target))).toEqual([false, true, true, true]);
  expect(readFileSync(join(targets[3]!, "abcd/server.log"), "utf8")).toBe("run 4\n");
});

/** Of a process that has ended long ago. */
const gone: ProcessIdentity = { pid: 2 ** 22 + 1, startTime: "long ago" };

function writeRun(name: string, record: Partial<RunRecord> & Pick<RunRecord, "owner">): string {
  const folder = join(runsFolder(), name);
  mkdirSync(join(folder, "log"), { recursive: true });
  writeRunRecord(folder, { kept: false, ports: [], builds: [], processes: [], ...record });
  return folder;
}

function startProcess(): ChildProcess {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { detached: true, stdio: "ignore" });
  children.push(child);
  return child;
}

function identityOf(child: ChildProcess): ProcessIdentity {
  return identifyProcess(child.pid!)!;
}

function recordOf(child: ChildProcess): RunRecord["processes"][number] {
  return { ...identityOf(child), name: "worker", command: [] };
}
