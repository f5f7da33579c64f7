import { sre } from "../../apps/teams.ts";
import { defineEnvironment } from "../../lib/definition/environment.ts";
import { SyncMode } from "../../lib/definition/environment-policy.ts";
import { FreezePeriod } from "../../lib/definition/freeze-period.ts";
import { mainCluster } from "../clusters.ts";
import { organization } from "../organization.ts";
import { gcpSecretManager } from "../secret-stores.ts";
import { turnOfYear } from "./sync-windows.ts";

export const productionSecretStore = gcpSecretManager("production");

export const production = defineEnvironment({
  name: "production",
  clusters: [mainCluster],
  domain: organization.domain,
  secretStore: productionSecretStore,
  policy: {
    sync: SyncMode.manual(),
    approval: "pull-request",
    images: { tag: "release", digest: "required" },
    promotion: { freezes: [FreezePeriod.recurring({ ...turnOfYear, reason: "no release over the turn of the year" })] },
  },
  syncedBy: [sre],
});
