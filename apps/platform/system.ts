import { mainCluster } from "../../environments/clusters.ts";
import { defineClusterSystem } from "../../lib/definition/cluster-system.ts";
import { platformTeam } from "../teams.ts";
import { alerts } from "./alerts.ts";
import { argocd } from "./argocd.ts";
import { secretStores } from "./secret-stores.ts";

/** What the control plane itself needs, delivered like any other system. */
export const platform = defineClusterSystem({
  name: "platform",
  team: platformTeam,
  clusters: [mainCluster],
  units: [alerts, argocd, secretStores].map((service) => ({ service, namespace: "argocd" })),
});
