import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { withFolderLock } from "./folder-lock.ts";
import { identifyProcess } from "./process-identity.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "keelson-lock-"));
});
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

test("work under the lock never overlaps, and the lock is gone afterwards", async () => {
  let atWork = 0;
  const work = async (): Promise<void> => {
    expect(++atWork).toBe(1);
    await sleep(20);
    atWork--;
  };
  await Promise.all([1, 2, 3].map(() => withFolderLock(folder, work, () => undefined)));
  expect(existsSync(join(folder, "lock"))).toBe(false);
});

test("failing work gives the lock back", async () => {
  await expect(
    withFolderLock(
      folder,
      () => Promise.reject(new Error("broken")),
      () => undefined,
    ),
  ).rejects.toThrow("broken");
  expect(
    await withFolderLock(
      folder,
      () => Promise.resolve("next"),
      () => undefined,
    ),
  ).toBe("next");
});

test("who waits is told once for whom, and takes over when that process dies", async () => {
  const holder = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  children.push(holder);
  writeFileSync(join(folder, "lock"), JSON.stringify(identifyProcess(holder.pid!)));
  const waitedFor: number[] = [];
  const work = withFolderLock(
    folder,
    () => Promise.resolve(readFileSync(join(folder, "lock"), "utf8")),
    (pid) => waitedFor.push(pid),
  );
  await sleep(300);
  expect(waitedFor).toEqual([holder.pid]);
  holder.kill("SIGKILL");
  await once(holder, "exit");
  expect(JSON.parse(await work)).toMatchObject({ pid: process.pid });
});

test("the lock of a process that was killed while it took a lock over is taken over too", async () => {
  writeFileSync(join(folder, "lock"), JSON.stringify({ pid: process.pid, startTime: "another time" }));
  writeFileSync(join(folder, "lock.takeover"), "");
  const before = new Date(Date.now() - 60_000);
  utimesSync(join(folder, "lock.takeover"), before, before);
  expect(
    await withFolderLock(
      folder,
      () => Promise.resolve("done"),
      () => undefined,
    ),
  ).toBe("done");
});
