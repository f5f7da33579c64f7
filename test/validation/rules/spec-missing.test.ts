import { expect, test } from "@jest/globals";
import { specMissing } from "../../../lib/validation/rules/spec-missing.ts";
import { manifest, reported } from "../../support/manifests.ts";

const hint = "hint: say what it is for, or take it out";

test("spec-missing lets pass what says something, and kinds that have no spec", () => {
  expect(
    reported(specMissing, [
      manifest({ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", spec: { podSelector: {} } }),
      manifest({ kind: "ServiceAccount" }),
    ]),
  ).toEqual([]);
});

test.each([
  ["networking.k8s.io/v1", "NetworkPolicy", undefined],
  ["networking.istio.io/v1", "VirtualService", {}],
  ["external-secrets.io/v1", "SecretStore", null],
])("spec-missing reports a %s %s with %p", (apiVersion, kind, spec) => {
  expect(reported(specMissing, [manifest({ apiVersion, kind, spec })])).toEqual([`${kind} bookshop-dev/catalogue has no spec\n${hint}`]);
});
