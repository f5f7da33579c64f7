import { defineControlPlane } from "../lib/definition/control-plane.ts";
import { mainCluster } from "./clusters.ts";
import { dev } from "./dev/environment.ts";
import { overlays as devOverlays } from "./dev/overlays.ts";
import { production } from "./production/environment.ts";
import { overlays as productionOverlays } from "./production/overlays.ts";
import { staging } from "./staging/environment.ts";
import { overlays as stagingOverlays } from "./staging/overlays.ts";

/** In promotion order. */
export const environments = [
  { definition: dev, overlays: devOverlays },
  { definition: staging, overlays: stagingOverlays },
  { definition: production, overlays: productionOverlays },
];

/** Clusters that run Argo CD, and what each serves. */
export const controlPlanes = [
  defineControlPlane({ name: "main", cluster: mainCluster, argocdVersion: "3.5.3", environments: [dev, staging, production] }),
];
