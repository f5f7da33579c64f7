import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { ImagePolicy } from "../../lib/definition/environment-policy.ts";
import type { ServiceDefinition } from "../../lib/definition/service.ts";
import type { SystemDefinition } from "../../lib/definition/system.ts";
import { readImagePins } from "../../lib/image/image-pins.ts";
import {
  keysOnlyInTarget,
  type PromotedPin,
  promotedPins,
  type PromotionRequest,
  type PromotionWay,
} from "../../lib/promotion/promoted-pins.ts";
import { caught } from "../support/caught.ts";
import { pinsText } from "../support/pins-text.ts";
import { threeEnvironments } from "../support/three-environments.ts";

const definitions = threeEnvironments();
const [library] = definitions.systems as [SystemDefinition];
const [, { definition: staging }, { definition: production }] = definitions.environments as [
  unknown,
  { definition: PromotionWay["from"] },
  { definition: PromotionWay["to"] },
];
const [lending, catalogue, search] = library.services as [ServiceDefinition, ServiceDefinition, ServiceDefinition];
const [one, two] = ["1", "2"].map((digit) => `@sha256:${digit.repeat(64)}`) as [string, string];

interface Given {
  readonly source: Readonly<Record<string, string>>;
  readonly target?: Readonly<Record<string, string>>;
  readonly needed?: readonly string[];
  readonly tag?: string;
  readonly images?: ImagePolicy;
}

function way({ source, target = {}, needed = [...Object.keys(source), ...Object.keys(target)], tag, images }: Given): PromotionWay {
  return {
    from: staging,
    to: production,
    policy: { ...production.policy, images: images ?? { tag: "any", digest: "required" } },
    source: readImagePins(pinsText(source), "source.yaml"),
    target: readImagePins(pinsText(target), "target.yaml"),
    needed: new Set(needed),
    tag,
    command: "keelson promote library --to production",
  };
}

function promote(given: Given, ...requests: Partial<PromotionRequest>[]): PromotedPin[] {
  const asked = requests.length === 0 ? [{}] : requests;
  return promotedPins(
    asked.map((request) => ({ system: library, service: lending, ...request })),
    way(given),
  );
}

/** `key: before → after`. */
function told(pins: readonly PromotedPin[]): string[] {
  return pins.map(({ key, target, reference, unchanged, movesWith }) => {
    const to = unchanged ? "=" : (reference.tag ?? "");
    return `${key}: ${target?.tag ?? "none"} → ${to}${movesWith === undefined ? "" : ` with ${movesWith}`}`;
  });
}

test("all containers and tracks of a service move, each with what it is in the source", () => {
  const source = {
    "library/lending": `lending:b${two}`,
    "library/lending:proxy": `proxy:c${one}`,
    "library/lending@canary": `lending:d${two}`,
  };
  const pins = promote({ source, target: { "library/lending": `lending:a${one}` } });
  expect(told(pins)).toEqual(["library/lending: a → b", "library/lending:proxy: none → c", "library/lending@canary: none → d"]);
});

describe("a part of a service", () => {
  const source = Object.fromEntries(
    ["library/lending", "library/lending:proxy", "library/lending:proxy@canary", "library/lending@canary"].map((key) => [
      key,
      `lending:b${two}`,
    ]),
  );

  test.each<[string, Partial<PromotionRequest>, string[]]>([
    ["a track is all of its containers", { track: "canary" }, ["library/lending:proxy@canary", "library/lending@canary"]],
    ["a container is that one", { container: "proxy" }, ["library/lending:proxy"]],
    ["a container of a track is that one", { container: "proxy", track: "canary" }, ["library/lending:proxy@canary"]],
  ])("%s", (_, request, keys) => {
    expect(promote({ source }, request).map(({ key }) => key)).toEqual(keys);
  });
});

describe("what moves together", () => {
  const source = {
    "library/catalogue": `catalogue:b${two}`,
    "library/search": `search:b${two}`,
    "library/search@canary": `search:c${two}`,
  };

  test("comes along, and says with whom", () => {
    expect(told(promote({ source }, { service: catalogue }))).toEqual([
      "library/catalogue: none → b",
      "library/search: none → b with library/catalogue",
      "library/search@canary: none → c with library/catalogue",
    ]);
  });

  test("track by track", () => {
    expect(told(promote({ source }, { service: search, track: "canary" }))).toEqual(["library/search@canary: none → c"]);
  });

  test("not with a container beside the main one", () => {
    const sidecar = { ...source, "library/search:proxy": `proxy:d${two}` };
    expect(told(promote({ source: sidecar }, { service: search, container: "proxy" }))).toEqual(["library/search:proxy: none → d"]);
  });

  test("does not come along where all were asked for", () => {
    expect(promote({ source }, { service: catalogue }, { service: search }).map(({ movesWith }) => movesWith)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

test("what the target has already stays by the name that it has there", () => {
  const pins = promote({
    source: { "library/lending": `lending:sha-b${two}` },
    target: { "library/lending": `lending:v1.0.0${two}` },
    tag: "v2.0.0",
  });
  expect([told(pins), pins[0]?.reference.tag]).toEqual([["library/lending: v1.0.0 → ="], "v1.0.0"]);
});

test("the same tag with another digest, or without one, is another image", () => {
  const moves = (before: string): boolean =>
    promote({ source: { "library/lending": `lending:b${two}` }, target: { "library/lending": before } })[0]?.unchanged === false;
  expect([`lending:b${one}`, "lending:b", `lending:b${two}`].map(moves)).toEqual([true, true, false]);
});

test("a container that the target does not run stays behind; one that only the target has stays as it is", () => {
  const source = { "library/lending": `lending:b${two}`, "library/lending:probe": `probe:b${two}` };
  const target = { "library/lending": `lending:a${one}`, "library/lending:proxy": `proxy:a${one}`, "library/other": `other:a${one}` };
  const given = { source, target, needed: Object.keys(target) };
  const pins = promote(given);
  expect(told(pins)).toEqual(["library/lending: a → b"]);
  expect(keysOnlyInTarget(pins, way(given))).toEqual(["library/lending:proxy"]);
});

test.each<[string, Given, Partial<PromotionRequest>, string]>([
  [
    "no such pin",
    { source: {} },
    {},
    "'staging' has no pin 'library/lending'\nhint: set it there first: keelson image set library/lending <image> --environment staging",
  ],
  [
    "another container only",
    { source: { "library/lending": `lending:b${two}` } },
    { container: "proxy" },
    "'staging' has no pin 'library/lending:proxy'\nhint: it has: library/lending",
  ],
  [
    "a track that the target does not run",
    { source: { "library/lending": `lending:b${two}`, "library/lending@canary": `lending:c${two}` }, needed: ["library/lending"] },
    { track: "canary" },
    "'production' runs nothing that takes the pin 'library/lending@canary'\nhint: it takes: library/lending",
  ],
  [
    "no digest",
    { source: { "library/lending": "lending:b" } },
    {},
    "the pin of 'library/lending' in 'staging' has no digest, so nobody can tell that 'production' gets what ran there\n" +
      "hint: set it where it runs, and let it run: keelson image set library/lending ghcr.io/acme/lending:b --environment staging --resolve-digest",
  ],
  [
    "no digest, by another tag",
    { source: { "library/lending": "lending:b" }, tag: "v1.0.0", images: { tag: "any", digest: "optional" } },
    {},
    "the pin of 'library/lending' in 'staging' has no digest, so nobody can tell that 'production' gets what ran there\n" +
      "hint: set it where it runs, and let it run: keelson image set library/lending ghcr.io/acme/lending:b --environment staging --resolve-digest",
  ],
  [
    "no release tag",
    { source: { "library/lending": `lending:sha-bbbbbbb${two}` }, images: { tag: "release", digest: "required" } },
    {},
    "'production' does not take the pin of 'library/lending', which has the tag 'sha-bbbbbbb', which is not a release such as 'v1.2.0'\n" +
      "hint: name the same image by a tag that it takes: keelson promote library --to production --as v1.2.0",
  ],
  [
    "a tag that the target does not take",
    { source: { "library/lending": `lending:b${two}` }, tag: "latest" },
    {},
    "'production' does not take the pin of 'library/lending', which has the moving tag 'latest'\n" +
      "hint: name the same image by a tag that it takes: keelson promote library --to production --as v1.2.0",
  ],
])("refuses %s", (_, given, request, message) => {
  expect(caught(() => promote(given, request))).toBe(message);
});

test("a digest is copied where it is, and not asked for where the target does not", () => {
  const images = { tag: "any", digest: "optional" } as const;
  expect(promote({ source: { "library/lending": "lending:b" }, images })[0]?.reference.toString()).toBe("ghcr.io/acme/lending:b");
});

test("a promotion never changes a repository or a digest, whatever it is called", () => {
  const digest = fc.stringMatching(/^[0-9a-f]{64}$/).map((digits) => `sha256:${digits}`);
  const tag = fc.option(fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,8}$/), { nil: undefined });
  const image = fc.record({ name: fc.constantFrom("lending", "proxy"), tag, digest });
  const reference = image.map(({ name, tag: called, digest: id }) => `${name}${called === undefined ? "" : `:${called}`}@${id}`);
  const key = fc.constantFrom("library/lending", "library/lending:proxy", "library/lending@canary", "library/catalogue", "library/search");
  const pins = fc.dictionary(key, reference, { minKeys: 1 });
  fc.assert(
    fc.property(pins, pins, fc.option(fc.constantFrom("v1.0.0", "v2.0.0"), { nil: undefined }), (source, target, called) => {
      const services = [lending, catalogue, search].filter(({ name }) =>
        Object.keys(source).some((entry) => entry.startsWith(`library/${name}`)),
      );
      const given: Given = { source, target, ...(called !== undefined && { tag: called }), images: { tag: "any", digest: "required" } };
      let moved: readonly PromotedPin[];
      try {
        moved = promote(given, ...services.map((service) => ({ service })));
      } catch (error) {
        // a moving tag such as 'dev'
        expect(String(error)).toContain("moving tag");
        return;
      }
      expect(moved.map((pin) => pin.key).sort()).toEqual(Object.keys(source).sort());
      for (const pin of moved) {
        expect([pin.reference.repository, pin.reference.digest]).toEqual([pin.source.repository, pin.source.digest]);
        if (!pin.unchanged) expect(pin.reference.tag).toBe(called ?? pin.source.tag);
      }
    }),
  );
});
