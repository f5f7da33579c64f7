import { execFile } from "node:child_process";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "@jest/globals";

const bench = fileURLToPath(new URL("bench.mjs", import.meta.url));

/** A run of the bench; one that fails is an answer too. */
async function run(...argv: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  try {
    return { code: 0, ...(await promisify(execFile)(execPath, [bench, ...argv])) };
  } catch (error) {
    return error as { code: unknown; stdout: string; stderr: string };
  }
}

describe("bench", () => {
  const seconds = expect.any(Number);
  const spread = { median: seconds, min: seconds, max: seconds };

  test("prints seconds, ratios, memory and stages of each size as one JSON document, and holds no limit to what was not measured", async () => {
    const { code, stdout, stderr } = await run("--sizes", "1,3", "--repeats", "1", "--output", "json", "--assert");
    expect({ code, stderr }).toStrictEqual({ code: 0, stderr: "" });
    const size = (services: number, objects: number) => ({
      size: services,
      objects,
      files: objects + 1,
      repeats: 1,
      peakMemory: expect.any(Number),
      write: { ...spread, toIdle: expect.any(Number) },
      fresh: { ...spread, toIdle: expect.any(Number), toWrite: expect.any(Number) },
      unchanged: { ...spread, toIdle: expect.any(Number), toWrite: expect.any(Number) },
      stages: Object.fromEntries(
        ["define", "pins", "resolve", "render", "delivery", "validate", "layout", "plan", "apply"].map((stage) => [stage, seconds]),
      ),
    });
    expect(JSON.parse(stdout)).toStrictEqual({
      idle: spread,
      empty: spread,
      // 6 roots; for each environment 5 objects of the namespace, its Application and the project; for each service 9 and an Application
      sizes: [size(1, 6 + 3 * (7 + 10)), size(3, 6 + 3 * (7 + 30))],
      growth: [{ from: 1, to: 3, ratio: expect.any(Number) }],
      limits: [
        { name: expect.stringContaining("growth"), most: 10.5, unit: "x", measured: null, held: null },
        { name: expect.stringContaining("writing the same bytes"), most: 8, unit: "x", measured: null, held: null },
        { name: expect.stringContaining("peak memory"), most: 250, unit: "MB", measured: null, held: null },
        { name: expect.stringContaining("validate"), most: 40, unit: "%", measured: null, held: null },
      ],
    });
  }, 120_000);

  test.each([["--sizes", "0"], ["--sizes", "10,5"], ["--repeats", "0"], ["--output", "yaml"], ["--fast"]])(
    "tells how to use it when given %s %s",
    async (...argv) => {
      const { code, stdout, stderr } = await run(...argv);
      expect({ code, stdout }).toStrictEqual({ code: 2, stdout: "" });
      expect(stderr).toContain("usage: npm run bench -- [options]");
    },
  );

  test.each([
    [0.4, 40, true],
    [0.5, 50, false],
  ])("holds validate to its part of stages 1 to 7, inputs aside: %d s of 1 s", async (validate, measured, held) => {
    const stages = { define: 5, pins: 3, resolve: 0.1, render: 0.3, delivery: 0.1, validate, layout: 0, plan: 0, apply: 0.5 - validate };
    const rounds = [{ idle: 1, write: 1, fresh: 1, unchanged: 1 }];
    const sizes = [0, 1000].map((size) => ({ size, rounds, peakMemory: [100], stages, objects: 1, files: 1 }));
    const program = `
      import { summarize } from ${JSON.stringify(new URL("summarize.mjs", import.meta.url).href)};
      process.stdout.write(JSON.stringify(summarize(${JSON.stringify(sizes)}).limits.at(-1)));`;
    const { stdout } = await promisify(execFile)(execPath, ["--input-type=module", "--eval", program]);
    expect(JSON.parse(stdout)).toEqual({
      ...{ name: "validate of 1000 services, of stages 1 to 7", most: 40, unit: "%" },
      ...{ measured: expect.closeTo(measured), held },
    });
  });
});
