import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { ProgramClones } from "../../support/program-clones.ts";

const image = "registry.bench.example/bench/service-00000:sha-0123456789abcdef0123456789abcdef01234567";
const setImage = ["image", "set", "system-000/service-00000", image, "--environment", "dev"];

let clones: ProgramClones;
beforeAll(() => {
  clones = new ProgramClones(1);
}, 60_000);
afterAll(() => {
  clones.remove();
});

/** What there is when all is done: files but git's own, the index's and the branches' contents, and how they were made. */
function stateOf(name: string): object {
  const clone = clones.file(`${name}/clone`);
  const entries = readdirSync(clone, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries
    .map((entry) => relative(clone, join(entry.parentPath, entry.name)))
    .filter((path) => !/^(\.git|build)\//.test(path));
  const history = "--format=%T %P%n%an %cn%n%B";
  return {
    files: Object.fromEntries(files.sort().map((path) => [path, readFileSync(join(clone, path), "utf8")])),
    status: clones.git(`${name}/clone`, "status", "--porcelain"),
    here: clones.git(`${name}/clone`, "log", history),
    pushed: clones.git(`${name}/origin`, "log", history, "main"),
    locks: readdirSync(join(clone, ".git"), { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".lock")),
  };
}

test.each([
  ["written", 6, []],
  ["committed", 5, ["--commit"]],
  ["pushed", 7, ["--push"]],
])(
  "%s: killed before any of its steps, %d at least, and run again, all is as if it had never been killed",
  async (way, least, options) => {
    clones.copy(way);
    expect(await clones.keelson(`${way}/clone`, [...setImage, ...options])).toMatchObject({
      exitCode: 0,
      stderr: expect.not.stringContaining("error"),
    });
    const undisturbed = stateOf(way);
    expect(await clones.keelson(`${way}/clone`, ["synth", "--check"])).toMatchObject({ exitCode: 0 });
    let step = 0;
    for (let killed = true; killed; ) {
      const name = `${way}-${++step}`;
      clones.copy(name);
      const { exitCode } = await clones.keelson(`${name}/clone`, [...setImage, ...options], step);
      killed = exitCode === null;
      expect({ step, exitCode }).toEqual({ step, exitCode: killed ? null : 0 });
      const again = await clones.keelson(`${name}/clone`, [...setImage, ...options]);
      expect({ step, ...again }).toMatchObject({ step, exitCode: 0 });
      expect({ step, ...stateOf(name) }).toEqual({ step, ...undisturbed });
    }
    expect(step).toBeGreaterThan(least);
  },
  300_000,
);
