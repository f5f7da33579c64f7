import { mkdirSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { ProgramClones } from "../../support/program-clones.ts";

let clones: ProgramClones;
beforeAll(() => {
  clones = new ProgramClones(1);
}, 60_000);
afterAll(() => {
  clones.remove();
});

test("a process whose program changed on the branch starts it anew, which does the work and tells of it once", async () => {
  const image = "registry.bench.example/bench/service-00000:sha-0123456789abcdef0123456789abcdef01234567";
  clones.clone("other");
  mkdirSync(clones.file("other/apps"));
  writeFileSync(clones.file("other/apps/registry.ts"), "export const systems = [];\n");
  clones.git("other", "add", "--all");
  clones.git("other", "commit", "--quiet", "--message=feat: more");
  clones.git("other", "push", "--quiet", "origin", "main");
  const argv = ["image", "set", "system-000/service-00000", image, "--environment", "dev", "--push"];
  const { exitCode, stdout, stderr } = await clones.keelson("first/clone", argv);
  expect({ exitCode, stderr, told: stdout.match(/^commit .*$/gm) }).toEqual({
    exitCode: 0,
    stderr: "",
    told: [`commit ${clones.git("first/origin", "rev-parse", "--short=7", "main")} pushed to 'origin'`],
  });
  expect(clones.git("first/origin", "log", "--format=%s", "main").split("\n").slice(1)).toEqual(["feat: more", "feat: everything"]);
}, 60_000);
