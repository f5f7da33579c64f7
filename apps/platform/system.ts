import { mainCluster } from "../../environments/clusters.ts";
import { defineClusterSystem } from "../../lib/definition/cluster-system.ts";
import { platformTeam } from "../teams.ts";
import { alerts } from "./alerts.ts";
import { argocd } from "./argocd.ts";
import { platformClusters } from "./clusters.ts";
import { imageTrust } from "./image-trust.ts";
import { secretStores } from "./secret-stores.ts";

/** What the control plane and the clusters themselves need, delivered like any other system. */
export const platform = defineClusterSystem({
  name: "platform",
  team: platformTeam,
  clusters: platformClusters,
  units: [
    { service: alerts, namespace: "argocd", clusters: [mainCluster] },
    { service: argocd, namespace: "argocd", clusters: [mainCluster] },
    // the clusters that systems run on, and whose definitions have a trust policy
    { service: imageTrust, namespace: "argocd", clusters: [mainCluster] },
    { service: secretStores, namespace: "external-secrets" },
  ],
});
