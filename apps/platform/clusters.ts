import { mainCluster } from "../../environments/clusters.ts";
import { dev } from "../../environments/dev/environment.ts";
import { production } from "../../environments/production/environment.ts";
import { staging } from "../../environments/staging/environment.ts";

/** Every cluster there is: Argo CD's own, and those that environments run on. */
export const platformClusters = [...new Set([mainCluster, ...[dev, staging, production].flatMap(({ clusters }) => clusters)])];
