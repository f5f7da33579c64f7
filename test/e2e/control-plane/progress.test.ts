import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { progressOn } from "./progress.ts";

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test("where there is no terminal a part is mentioned at its start, every 30 seconds, and at its end", async () => {
  expect(await written(false)).toBe("building etcd …\nbuilding etcd … 30 s\nbuilding etcd … 60 s\nbuilding etcd: done after 75 s\n");
});

test("a terminal shows one line that counts seconds", async () => {
  const text = await written(true);
  expect(text.split("\n")).toHaveLength(2);
  expect(text).toMatch(/^\rbuilding etcd … 0 s\rbuilding etcd … 1 s\rbuilding etcd … 2 s/);
  expect(text).toMatch(/\rbuilding etcd: done after 75 s\n$/);
});

test("a part that fails is said to have failed", async () => {
  const chunks: string[] = [];
  const progress = progressOn({ write: (text: string) => chunks.push(text) > 0 });
  await expect(progress.step("building etcd", () => Promise.reject(new Error("no space")))).rejects.toThrow("no space");
  expect(chunks.at(-1)).toBe("building etcd: failed after 0 s\n");
});

async function written(isTTY: boolean): Promise<string> {
  const chunks: string[] = [];
  const progress = progressOn({ isTTY, write: (text: string) => chunks.push(text) > 0 });
  const step = progress.step("building etcd", () => new Promise((resolve) => setTimeout(resolve, 75_000)));
  await jest.advanceTimersByTimeAsync(75_000);
  await step;
  return chunks.join("");
}
