import { describe, expect, test } from "@jest/globals";
import { readImagePins } from "../../lib/image/image-pins.ts";
import { PinnedImages, type PinnedImagesProps } from "../../lib/image/pinned-images.ts";
import { findUnusedPins } from "../../lib/image/unused-pins.ts";
import type { Issue } from "../../lib/manifest/issue.ts";
import { dev } from "../fixtures/bookshop/environments/dev/environment.ts";

const file = "environments/dev/images.yaml";
const digest = `sha256:${"a1".repeat(32)}`;

function pinsOf(...lines: string[]) {
  return readImagePins(lines.join("\n"), file);
}

function imagesOf(lines: readonly string[], props: Partial<PinnedImagesProps> = {}): PinnedImages {
  return new PinnedImages({
    pins: pinsOf(...lines),
    environment: dev,
    system: "bookshop",
    service: "till",
    policy: { tag: "commit", digest: "optional" },
    registry: "ghcr.io/acme",
    ...props,
  });
}

/** An issue as people read it. */
function told({ severity, rule, message, hint, position }: Issue): string {
  return `${severity} ${rule} ${position?.file ?? ""}:${position?.line ?? 0} ${message}\nhint: ${hint ?? "none"}`;
}

describe("PinnedImages", () => {
  test("gives each container its pin, and keeps book of them", () => {
    const images = imagesOf([
      "bookshop/till: ghcr.io/acme/till:sha-1111111",
      "bookshop/till@canary: ghcr.io/acme/till:sha-2222222",
      `bookshop/till:receipt-printer: ghcr.io/acme/receipt-printer:16.4@${digest}`,
      "bookshop/till:receipt-printer@canary: ghcr.io/acme/receipt-printer:sha-3333333",
    ]);
    expect([
      images.take(),
      images.take(undefined, "canary"),
      images.take("receipt-printer"),
      images.take("receipt-printer", "canary"),
      images.take(),
    ]).toEqual([
      "ghcr.io/acme/till:sha-1111111",
      "ghcr.io/acme/till:sha-2222222",
      `ghcr.io/acme/receipt-printer:16.4@${digest}`,
      "ghcr.io/acme/receipt-printer:sha-3333333",
      "ghcr.io/acme/till:sha-1111111",
    ]);
    expect([...images.taken]).toEqual([
      "bookshop/till",
      "bookshop/till@canary",
      "bookshop/till:receipt-printer",
      "bookshop/till:receipt-printer@canary",
    ]);
    expect(images.issues).toEqual([]);
  });

  test("tells of every pin that is missing, once, and goes on with an image that cannot run", () => {
    const images = imagesOf(["bookshop/till: ghcr.io/acme/till:sha-1111111"]);
    expect([images.take("receipt-printer"), images.take("receipt-printer"), images.take(undefined, "canary")]).toEqual([
      "missing.invalid/no-image-pin",
      "missing.invalid/no-image-pin",
      "missing.invalid/no-image-pin",
    ]);
    expect(images.issues.map(told)).toEqual([
      `error image-pins ${file}:1 no image pin for 'bookshop/till:receipt-printer' in 'dev'\n` +
        `hint: add the line 'bookshop/till:receipt-printer: ghcr.io/acme/receipt-printer:sha-<commit>' to ${file}`,
      `error image-pins ${file}:1 no image pin for 'bookshop/till@canary' in 'dev'\n` +
        `hint: add the line 'bookshop/till@canary: ghcr.io/acme/till:sha-<commit>' to ${file}`,
    ]);
  });

  test.each([
    ["a line that cannot be read", ["bookshop/till: ghcr.io/acme/till"]],
    ["a file that is no YAML", ['bookshop/till: "ghcr.io']],
    ["a file that is no map", ["- bookshop/till"]],
  ])("leaves %s to whoever read the file: told once is enough", (_, lines) => {
    const images = imagesOf(lines);
    expect(images.take()).toBe("missing.invalid/no-image-pin");
    expect(images.issues).toEqual([]);
  });

  test("refuses an image of another registry, also of one that begins alike", () => {
    for (const repository of ["docker.io/library/till", "ghcr.io/acme-books/till"]) {
      const images = imagesOf(["", `bookshop/till: ${repository}:sha-1111111`]);
      expect([images.take(), images.take()]).toEqual(["missing.invalid/no-image-pin", "missing.invalid/no-image-pin"]);
      expect(images.issues.map(told)).toEqual([
        `error image-pins ${file}:2 the pin of 'bookshop/till' in 'dev' comes from '${repository}', not from the registry 'ghcr.io/acme'\n` +
          "hint: this environment takes 'ghcr.io/acme/<name>:sha-<commit>'",
      ]);
    }
  });

  test("takes an image from anywhere below the registry", () => {
    const images = imagesOf(["bookshop/till: ghcr.io/acme/books/left/till:sha-1111111"]);
    images.take();
    expect(images.issues).toEqual([]);
  });

  test.each([
    ["commit", "optional", "ghcr.io/acme/<name>:sha-<commit>"],
    ["any", "required", "ghcr.io/acme/<name>:<tag>@sha256:<digest>"],
    ["release", "required", "ghcr.io/acme/<name>:v<major>.<minor>.<patch>@sha256:<digest>"],
  ] as const)("says what an environment of tag '%s' and digest '%s' takes", (tag, digest, shape) => {
    const images = imagesOf(["bookshop/till: ghcr.io/acme/till:latest"], { policy: { tag, digest } });
    images.take();
    expect(images.issues.map(({ hint }) => hint)).toEqual([`this environment takes '${shape}'`]);
  });
});

describe("findUnusedPins", () => {
  const pins = pinsOf(
    "bookshop/till: ghcr.io/acme/till:v1",
    "",
    "bookshop/tlil: ghcr.io/acme/till:v1",
    "bookshop/catalogue: ghcr.io/acme/catalogue:v1",
  );

  test("tells of each pin that no container takes, with the nearest that are", () => {
    const taken = new Set(["bookshop/till", "bookshop/catalogue", "bookshop/storefront", "warehouse/shipping"]);
    expect(findUnusedPins("dev", pins, taken).map(told)).toEqual([
      `error image-pins ${file}:3 the pin of 'bookshop/tlil' in 'dev' is used by nothing\n` +
        "hint: remove the line, or mend the key; the nearest that are used: 'bookshop/till', 'bookshop/catalogue', 'bookshop/storefront'",
    ]);
  });

  test("has no advice where nothing is used", () => {
    expect(findUnusedPins("dev", pins, new Set()).map(({ position, hint }) => [position?.line, hint])).toEqual([
      [1, "remove the line"],
      [3, "remove the line"],
      [4, "remove the line"],
    ]);
  });

  test("is silent where every pin is taken", () => {
    expect(findUnusedPins("dev", pins, new Set(pins.pins.keys()))).toEqual([]);
  });
});
