import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Value } from "../../lib/definition/value.ts";
import { ImageReference } from "../../lib/image/image-reference.ts";
import { caught } from "../support/caught.ts";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

describe("ImageReference.parse", () => {
  test.each([
    ["ghcr.io/acme/app:v1.2.0", "ghcr.io/acme/app", "v1.2.0", undefined],
    [`ghcr.io/acme/app@${digest}`, "ghcr.io/acme/app", undefined, digest],
    [`ghcr.io/acme/app:v1.2.0@${digest}`, "ghcr.io/acme/app", "v1.2.0", digest],
    [
      "europe-docker.pkg.dev/acme-shop/shop/order-service:sha-188e509",
      "europe-docker.pkg.dev/acme-shop/shop/order-service",
      "sha-188e509",
      undefined,
    ],
    // a tag of digits only is no port
    ["ghcr.io/acme/postgresql:16", "ghcr.io/acme/postgresql", "16", undefined],
    [`docker.io/library/postgres:17@${digest}`, "docker.io/library/postgres", "17", digest],
    // a port is no tag
    ["registry.example:5000/app:1", "registry.example:5000/app", "1", undefined],
    [`localhost:5000/app@${digest}`, "localhost:5000/app", undefined, digest],
    ["localhost/app:latest", "localhost/app", "latest", undefined],
    ["10.0.0.5:5000/books/till:sha-0f6eb25", "10.0.0.5:5000/books/till", "sha-0f6eb25", undefined],
    ["registry:5000/app:1", "registry:5000/app", "1", undefined],
    ["ghcr.io/acme/a__b.c-d--e_f:V_1.2-rc.1", "ghcr.io/acme/a__b.c-d--e_f", "V_1.2-rc.1", undefined],
    [`ghcr.io/acme/app:${"t".repeat(128)}`, "ghcr.io/acme/app", "t".repeat(128), undefined],
  ])("reads '%s'", (text, repository, tag, sha) => {
    const reference = ImageReference.parse(text);
    expect({ repository: reference.repository, tag: reference.tag, digest: reference.digest }).toEqual({ repository, tag, digest: sha });
    expect(reference.toString()).toBe(text);
    expect(reference).toBeInstanceOf(Value);
  });

  const noRegistry = "it names no registry and repository";
  const refused = "its repository holds a character that registries refuse";
  const wrongDigest = "its digest is not 'sha256:' and 64 hexadecimal digits";
  test.each([
    ["", noRegistry],
    ["app:v1", noRegistry],
    ["acme/app:v1", noRegistry],
    ["postgres:16", noRegistry],
    ["https://ghcr.io/acme/app:v1", noRegistry],
    ["/acme/app:v1", noRegistry],
    ["ghcr.io/:v1", noRegistry],
    ["ghcr.io//app:v1", noRegistry],
    ["ghcr.io/acme/app :v1", noRegistry],
    ["ghcr.io/acme/app:v1\n", noRegistry],
    [" ghcr.io/acme/app:v1", noRegistry],
    ["ghcr.io:http/acme/app:v1", noRegistry],
    ["Ghcr.io/acme/app:v1", noRegistry],
    ["ghcr.io/Acme/app:v1", refused],
    ["ghcr.io/acme/-app:v1", refused],
    ["ghcr.io/acme/a...b:v1", refused],
    ["ghcr.io/acme/bücher:v1", refused],
    ["ghcr.io/acme/app", "it has neither tag nor digest"],
    ["ghcr.io:443/acme/app", "it has neither tag nor digest"],
    ["ghcr.io/acme/app:-v1", "its tag '-v1' is no tag"],
    [`ghcr.io/acme/app:${"t".repeat(129)}`, `its tag '${"t".repeat(129)}' is no tag`],
    ["ghcr.io/acme/app@sha256:0123", wrongDigest],
    [`ghcr.io/acme/app@${digest.toUpperCase()}`, wrongDigest],
    [`ghcr.io/acme/app@${digest}0`, wrongDigest],
    [`ghcr.io/acme/app@${digest}@${digest}`, wrongDigest],
    ["ghcr.io/acme/app:v1@latest", wrongDigest],
    ["ghcr.io/acme/app:v1:v2", noRegistry],
  ])("refuses '%s'", (text, reason) => {
    expect(caught(() => ImageReference.parse(text))).toBe(
      `'${text}' is not an image reference: ${reason}\n` +
        "hint: write '<registry>/<repository>:<tag>', and '@sha256:<digest>' behind it where a digest is wanted",
    );
  });
});

describe("parse and toString", () => {
  const part = fc.stringMatching(/^[a-z0-9]{1,8}((\.|_|__|-{1,3})[a-z0-9]{1,8}){0,2}$/);
  const host = fc.oneof(
    fc.stringMatching(/^[a-z0-9-]{1,8}(\.[a-z0-9-]{1,8}){1,3}(:[0-9]{1,5})?$/),
    fc.stringMatching(/^[a-z0-9]{1,8}:[0-9]{1,5}$/),
    fc.constant("localhost"),
  );
  const tag = fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,20}$/), { nil: undefined });
  const sha = fc.option(
    fc.stringMatching(/^[0-9a-f]{64}$/).map((digits) => `sha256:${digits}`),
    { nil: undefined },
  );

  test("give back every reference as it was written, in its parts", () => {
    fc.assert(
      fc.property(host, fc.array(part, { minLength: 1, maxLength: 4 }), tag, sha, (registry, path, ownTag, ownDigest) => {
        fc.pre(ownTag !== undefined || ownDigest !== undefined);
        const repository = [registry, ...path].join("/");
        const text = `${repository}${ownTag === undefined ? "" : `:${ownTag}`}${ownDigest === undefined ? "" : `@${ownDigest}`}`;
        const reference = ImageReference.parse(text);
        expect([reference.repository, reference.tag, reference.digest]).toEqual([repository, ownTag, ownDigest]);
        expect(reference.toString()).toBe(text);
        expect(ImageReference.parse(reference.toString())).toEqual(reference);
      }),
    );
  });

  test("agree on any text: it is refused, or given back unchanged", () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[a-zA-Z0-9.:@/_ -]{0,40}$/));
    fc.assert(
      fc.property(text, (any) => {
        let reference: ImageReference;
        try {
          reference = ImageReference.parse(any);
        } catch {
          return;
        }
        expect(reference.toString()).toBe(any);
      }),
    );
  });
});
