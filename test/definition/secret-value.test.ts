import { inspect } from "node:util";
import { describe, expect, test } from "@jest/globals";
import { ApiObject } from "cdk8s";
import { SecretValue } from "../../lib/definition/secret-value.ts";
import { inApp } from "../../lib/synth/build-app.ts";
import { normalizeDocument } from "../../lib/synth/normalize-document.ts";
import { renderManifests } from "../../lib/synth/render-manifests.ts";
import { caught } from "../support/caught.ts";
import { catalogue } from "../support/manifests.ts";

const secret = SecretValue.of("open-sesame");
const hint =
  "what is rendered is committed for everybody to read: name a key of a Secret with EnvVar.secretKey, and let an external or a sealed secret make it";

test("reveals itself, text or bytes, to whoever asks by name", () => {
  expect(secret.reveal()).toBe("open-sesame");
  expect(SecretValue.of(new Uint8Array([1, 2])).reveal()).toStrictEqual(new Uint8Array([1, 2]));
});

test.each<[string, () => unknown]>([
  ["String()", () => String(secret)],
  ["a template", () => `postgres://catalogue:${secret as unknown as string}@database`],
  ["addition", () => "token " + (secret as unknown as string)],
  ["joining", () => [secret].join(",")],
  ["JSON", () => JSON.stringify({ nested: [secret] })],
])("does not become text by %s", (_, use) => {
  expect(caught(use)).toMatch(/^a secret value was about to become (text|JSON)\n/);
});

test("is printed as [secret], at any depth", () => {
  expect(inspect(secret)).toBe("[secret]");
  expect(inspect({ password: secret, list: [secret] }, { depth: 9, showHidden: true })).not.toContain("sesame");
});

test("a copy of it holds nothing", () => {
  expect(Object.assign({}, secret)).toStrictEqual({});
  expect(Object.getOwnPropertyNames(secret)).toStrictEqual([]);
  expect(inspect(structuredClone(secret))).toBe("{}");
});

describe("in a manifest", () => {
  test("is one clear error, whichever way it came", () => {
    const document = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "catalogue" } };
    expect(caught(() => normalizeDocument({ ...document, data: { password: secret } }))).toBe(
      `a secret value was about to be rendered as 'password'\nhint: ${hint}`,
    );
  });

  test("is told with the object and the unit when a construct renders it", () => {
    const app = inApp((chart) => {
      new ApiObject(chart, "config", { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "prices" }, data: { password: secret } });
    });
    expect(caught(() => renderManifests(app, catalogue, undefined))).toBe(
      `a secret value was about to be rendered in ConfigMap 'prices' of 'bookshop/catalogue' in 'dev'\nhint: ${hint}`,
    );
  });
});
