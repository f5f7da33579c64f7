import { defineEnvironment } from "../../lib/definition/environment.ts";
import { SyncMode } from "../../lib/definition/environment-policy.ts";
import { mainCluster } from "../clusters.ts";
import { organization } from "../organization.ts";
import { gcpSecretManager } from "../secret-stores.ts";

export const devSecretStore = gcpSecretManager("dev");

export const dev = defineEnvironment({
  name: "dev",
  clusters: [mainCluster],
  domain: `dev.${organization.domain}`,
  secretStore: devSecretStore,
  policy: {
    sync: SyncMode.automated({ prune: true, selfHeal: true }),
    approval: "none",
    images: { tag: "commit", digest: "optional" },
  },
});
