import { expect, test } from "@jest/globals";
import type { Owner } from "../../lib/manifest/manifest.ts";
import { ownerName } from "../../lib/manifest/owner-name.ts";
import { catalogue, platform } from "../support/manifests.ts";

test.each<[Owner, string]>([
  [catalogue, "'bookshop/catalogue' in 'dev'"],
  [platform, "'platform/secret-stores' on cluster 'dev-eu'"],
  [{ scope: "cluster", cluster: "two", system: "two", unit: "a.yaml", file: "two/a.yaml" }, "'two/a.yaml'"],
  [{ scope: "bootstrap", controlPlane: "main" }, "the bootstrap of control plane 'main'"],
  [{ scope: "control-plane", controlPlane: "main" }, "the root of control plane 'main'"],
  [
    { scope: "delivery", controlPlane: "main", group: "platform", environment: undefined },
    "the delivery of 'platform' by control plane 'main'",
  ],
  [{ scope: "expanded", controlPlane: "main", applicationSet: "bookshop", environment: "dev" }, "ApplicationSet 'bookshop' in 'dev'"],
])("ownerName of %j", (owner, expected) => {
  expect(ownerName(owner)).toBe(expected);
});
