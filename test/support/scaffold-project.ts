import type { Definitions } from "../../lib/definition/definitions.ts";
import { defineControlPlane } from "../../lib/definition/control-plane.ts";
import { defineEnvironment } from "../../lib/definition/environment.ts";
import { SyncMode } from "../../lib/definition/environment-policy.ts";
import { defineService } from "../../lib/definition/service.ts";
import { defineSystem } from "../../lib/definition/system.ts";
import { defineTeam } from "../../lib/definition/team.ts";
import { WebService } from "../../lib/workload/web-service.ts";
import { eu } from "../fixtures/bookshop/environments/clusters.ts";
import { organization, repository } from "../fixtures/bookshop/environments/organization.ts";
import { devVault, productionSecrets } from "../fixtures/bookshop/environments/secret-stores.ts";

const cashiers = defineTeam({ name: "cashiers", codeOwners: ["@paperback/cashiers"], alerts: { slackChannel: "cashiers" } });

const dev = defineEnvironment({
  name: "dev",
  clusters: [eu],
  domain: "dev.paperback.example",
  secretStore: devVault,
  policy: { sync: SyncMode.automated({ prune: true, selfHeal: true }), approval: "none", images: { tag: "commit", digest: "optional" } },
});

const production = defineEnvironment({
  name: "production",
  clusters: [eu],
  domain: "paperback.example",
  secretStore: productionSecrets,
  policy: { sync: SyncMode.manual(), approval: "pull-request", images: { tag: "release", digest: "required" } },
});

const till = defineSystem({
  name: "till",
  team: cashiers,
  environments: [dev, production],
  applications: "per-service",
  services: [defineService({ name: "drawer", construct: WebService, props: {} })],
});

/** What {@link scaffoldSources} define. */
export const scaffoldDefinitions: Definitions = {
  organization,
  repository,
  systems: [till],
  clusterSystems: [],
  environments: [
    { definition: dev, overlays: [] },
    { definition: production, overlays: [] },
  ],
  controlPlanes: [defineControlPlane({ name: "central", cluster: eu, argocdVersion: "3.5.3", environments: [dev, production] })],
};

/** A small project as its people would write it, by path: what a new team, system, service or environment is registered in. */
export const scaffoldSources: Readonly<Record<string, string>> = {
  "apps/teams.ts": `import { defineTeam } from "../lib/definition/team.ts";

export const cashiers = defineTeam({ name: "cashiers", codeOwners: ["@paperback/cashiers"], alerts: { slackChannel: "cashiers" } });
`,
  "apps/tenants.ts": `import { till } from "./till/system.ts";

/** Everything that runs. */
export const tenants = [till];
`,
  "apps/till/system.ts": `import { dev } from "../../environments/dev/environment.ts";
import { production } from "../../environments/production/environment.ts";
import { defineSystem } from "../../lib/definition/system.ts";
import { cashiers } from "../teams.ts";
import { drawer } from "./drawer.ts";

export const till = defineSystem({
  name: "till",
  team: cashiers,
  environments: [dev, production],
  applications: "per-service",
  services: [drawer], // one for now
});
`,
  "apps/platform/secret-stores.ts": `import { dev, devSecretStore } from "../../environments/dev/environment.ts";
import { production, productionSecretStore } from "../../environments/production/environment.ts";

export const stores = [
  { environment: dev, store: devSecretStore }, // a vault
  { environment: production, store: productionSecretStore },
];
`,
  "apps/platform/clusters.ts": `import { dev } from "../../environments/dev/environment.ts";
import { production } from "../../environments/production/environment.ts";

export const platformClusters = [...new Set([dev, production].flatMap(({ clusters }) => clusters))];
`,
  "environments/registry.ts": `import { defineControlPlane } from "../lib/definition/control-plane.ts";
import { eu } from "./clusters.ts";
import { dev } from "./dev/environment.ts";
import { overlays as devOverlays } from "./dev/overlays.ts";
import { production } from "./production/environment.ts";
import { overlays as productionOverlays } from "./production/overlays.ts";

export const environments = [
  { definition: dev, overlays: devOverlays },
  { definition: production, overlays: productionOverlays },
];

export const controlPlanes = [defineControlPlane({ name: "central", cluster: eu, argocdVersion: "3.5.3", environments: [dev, production] })];
`,
  "environments/dev/environment.ts": environmentSource("dev"),
  "environments/production/environment.ts": environmentSource("production"),
  "environments/dev/images.yaml": "till/drawer: registry.paperback.example/books/drawer:sha-1a2b3c4 # the first\n",
  "environments/production/images.yaml": `till/drawer: registry.paperback.example/books/drawer:v1.0.0@sha256:${"a".repeat(64)}\n`,
};

function environmentSource(name: string): string {
  return `import { defineEnvironment } from "../../lib/definition/environment.ts";
import { eu } from "../clusters.ts";
import { vault } from "../secret-stores.ts";

export const ${name}SecretStore = vault("${name}");

export const ${name} = defineEnvironment({ name: "${name}", clusters: [eu], secretStore: ${name}SecretStore });
`;
}
