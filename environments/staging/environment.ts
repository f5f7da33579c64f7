import { defineEnvironment } from "../../lib/definition/environment.ts";
import { SyncMode } from "../../lib/definition/environment-policy.ts";
import { mainCluster } from "../clusters.ts";
import { organization } from "../organization.ts";
import { gcpSecretManager } from "../secret-stores.ts";

export const stagingSecretStore = gcpSecretManager("staging");

export const staging = defineEnvironment({
  name: "staging",
  clusters: [mainCluster],
  domain: `staging.${organization.domain}`,
  secretStore: stagingSecretStore,
  policy: {
    sync: SyncMode.automated({ prune: true, selfHeal: true }),
    approval: "promotion",
    images: { tag: "any", digest: "required" },
  },
});
