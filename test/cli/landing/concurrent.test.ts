import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { readImagePins } from "../../../lib/image/image-pins.ts";
import { layoutFiles } from "../../../lib/synth/layout-files.ts";
import { renderUnchecked } from "../../../lib/synth/line.ts";
import { markerContent, markerPath } from "../../../lib/synth/plan-changes.ts";
import { devServices } from "../../support/dev-services.ts";
import { ProgramClones } from "../../support/program-clones.ts";
import { TemporaryClone } from "../../support/temporary-clone.ts";

const size = 20;
const services = Array.from({ length: size }, (_, index) => `service-${String(index).padStart(5, "0")}`);
const definitions = devServices(size);

let clones: ProgramClones;
let source: TemporaryClone;
beforeAll(() => {
  clones = new ProgramClones(size);
  source = new TemporaryClone();
}, 120_000);
afterAll(() => {
  clones.remove();
  source.remove();
});

function image(service: string, commit: string): string {
  return `registry.bench.example/bench/${service}:sha-${commit}`;
}

function setImage(clone: string, service: string, commit: string, ...options: readonly string[]) {
  const pin = [`system-000/${service}`, image(service, commit)];
  return clones.keelson(clone, ["image", "set", ...pin, "--environment", "dev", "--push", ...options]);
}

/** What a commit's generated files must be, by path: ids of their contents, from its own pins. */
function wantedIds(commit: string): Map<string, string> {
  const pins = new Map(
    definitions.environments.map(({ definition: { name } }) => {
      const file = `environments/${name}/images.yaml`;
      return [name, readImagePins(`${clones.git("first/origin", "show", `${commit}:${file}`)}\n`, file)];
    }),
  );
  const files = new Map([[markerPath, markerContent]]);
  for (const { path, content } of layoutFiles(renderUnchecked({ definitions, pins }).manifests)) files.set(path, content);
  return new Map([...files].map(([path, content]) => [`dist/${path}`, blobId(content)]));
}

function blobId(content: string): string {
  return createHash("sha1")
    .update(`blob ${Buffer.byteLength(content)}\0${content}`)
    .digest("hex");
}

function committedIds(commit: string): Map<string, string> {
  const lines = clones.git("first/origin", "ls-tree", "-r", commit, "dist/").split("\n");
  return new Map(
    lines.map((line) => {
      const [about = "", path = ""] = line.split("\t");
      return [path, about.split(" ").at(-1)!];
    }),
  );
}

test("twenty deliveries at once all land, one on top of the other, each with exactly what its own pins give", async () => {
  services.forEach((service) => {
    clones.clone(service);
  });
  const wanted = services.map((service, index) => [service, index.toString(16).padStart(40, "a")] as const);
  const outcomes = await Promise.all(wanted.map(([service, commit]) => setImage(service, service, commit)));
  expect(outcomes.map(({ exitCode, stderr }) => ({ exitCode, errors: /error.*/.exec(stderr)?.[0] }))).toEqual(
    services.map(() => ({ exitCode: 0, errors: undefined })),
  );
  expect(clones.git("first/origin", "rev-list", "--min-parents=2", "main")).toBe("");
  const commits = clones.git("first/origin", "rev-list", "--reverse", "main").split("\n");
  expect(commits).toHaveLength(1 + size);
  for (const commit of commits) expect({ commit, ids: committedIds(commit) }).toEqual({ commit, ids: wantedIds(commit) });
  const pins = clones.git("first/origin", "show", "main:environments/dev/images.yaml");
  for (const [service, commit] of wanted) expect(pins).toContain(`system-000/${service}: ${image(service, commit)}`);
}, 300_000);

test("of two deliveries of one service the newer source wins, whichever is faster, and the older one is content", async () => {
  const [older, newer] = [source.commit({ "a.txt": "1" }), source.commit({ "a.txt": "2" })];
  clones.clone("older");
  clones.clone("newer");
  const deliver = (name: string, service: string, commit: string) =>
    setImage(name, service, commit, "--source", source.folder, "--source-commit", commit);
  const pinOf = (service: string) =>
    clones
      .git("first/origin", "show", "main:environments/dev/images.yaml")
      .split("\n")
      .find((line) => line.startsWith(`system-000/${service}: `));
  const unrelated = "--allow-unrelated";
  // what is pinned at first comes from nowhere that the clone knows
  for (const service of services.slice(0, 3)) {
    expect(await setImage("older", service, older, "--source", source.folder, "--source-commit", older, unrelated)).toMatchObject({
      exitCode: 0,
    });
  }
  const last = source.commit({ "a.txt": "3" });
  const [first, second, third] = services as [string, string, string];
  const outcomes = [
    await deliver("older", first, newer),
    await deliver("newer", first, last),
    await deliver("newer", second, last),
    await deliver("older", second, newer),
    ...(await Promise.all([deliver("older", third, newer), deliver("newer", third, last)])),
  ];
  expect(outcomes).toEqual(outcomes.map(() => expect.objectContaining({ exitCode: 0 })));
  for (const service of [first, second, third]) expect(pinOf(service)).toBe(`system-000/${service}: ${image(service, last)}`);
}, 300_000);
