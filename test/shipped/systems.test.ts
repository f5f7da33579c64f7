import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import type { KubernetesObject, Manifest } from "../../lib/manifest/manifest.ts";
import { fieldAt } from "../support/field-at.ts";
import { appFiles, renderApps, shipped, shippedPins } from "../support/render-apps.ts";

// The numbers and names below are what the teams asked for: they are written out and not computed.

const { manifests, issues } = renderApps();
const files = appFiles();

/** A file as dist/ holds it, read back as YAML. */
function yamlAt(path: string): unknown {
  const content = files.get(path);
  if (content === undefined) throw new Error(`no file '${path}'`);
  return parse(content) as unknown;
}

/** The Applications that hold systems: those written by hand and those that the ApplicationSet will make; not the roots. */
const applications = new Map(
  manifests
    .filter(({ owner, document }) => document.kind === "Application" && (owner.scope === "delivery" || owner.scope === "expanded"))
    .map(({ document }) => [document.metadata.name, document]),
);

function automatedOf(name: string): unknown {
  if (!applications.has(name)) throw new Error(`no Application '${name}'`);
  return fieldAt(applications.get(name), "spec.syncPolicy.automated");
}

function projectOf(name: string): KubernetesObject {
  const found = manifests.find(({ document }) => document.kind === "AppProject" && document.metadata.name === name);
  if (found === undefined) throw new Error(`no AppProject '${name}'`);
  return found.document;
}

/** The objects of a kind of a system in an environment, by name. */
function objectsOf(kind: string, system: string, environment: string): ReadonlyMap<string, Manifest> {
  const found = manifests.filter(
    ({ owner, document }) =>
      owner.scope === "environment" && owner.system === system && owner.environment === environment && document.kind === kind,
  );
  return new Map(found.map((manifest) => [manifest.document.metadata.name, manifest]));
}

test("the shipped definitions have no issue", () => {
  expect(issues).toEqual([]);
});

describe("the Applications", () => {
  test("are exactly those of the table", () => {
    expect([...applications.keys()].sort()).toEqual([
      "inventory-system-production",
      "inventory-system-staging",
      "mlops-sentiment-dev",
      "mlops-sentiment-production",
      "mlops-sentiment-staging",
      "platform-alerts-main",
      "platform-argocd-main",
      "platform-image-trust-main",
      "platform-secret-stores-main",
      "remla-dev",
      "remla-production",
      "remla-staging",
      "shop-frontend-dev",
      "shop-frontend-production",
      "shop-frontend-staging",
      "shop-namespace-dev",
      "shop-namespace-production",
      "shop-namespace-staging",
      "shop-order-service-dev",
      "shop-order-service-production",
      "shop-order-service-staging",
      "sms-stack-app-service-dev",
      "sms-stack-app-service-production",
      "sms-stack-app-service-staging",
      "sms-stack-model-service-dev",
      "sms-stack-model-service-production",
      "sms-stack-model-service-staging",
      "sms-stack-namespace-dev",
      "sms-stack-namespace-production",
      "sms-stack-namespace-staging",
    ]);
  });

  test.each([
    ["shop-frontend-staging", "dist/staging/main/shop/frontend", undefined, "shop-staging"],
    ["shop-namespace-dev", "dist/dev/main/shop/namespace", undefined, "shop-dev"],
    ["inventory-system-production", "dist/production/main/inventory-system", true, "inventory-system-production"],
    ["mlops-sentiment-dev", "dist/dev/main/mlops-sentiment", true, "mlops-sentiment-dev"],
    ["remla-production", "dist/production/main/remla", true, "remla-production"],
    ["platform-argocd-main", "dist/clusters/main/argocd", undefined, "argocd"],
  ])("'%s' reads '%s'", (name, path, recurse, namespace) => {
    const { spec } = applications.get(name)!;
    expect(fieldAt(spec, "source.path")).toBe(path);
    expect(fieldAt(spec, "source.repoURL")).toBe("https://github.com/acme/keelson-gitops.git");
    expect(fieldAt(spec, "source.targetRevision")).toBe("main");
    expect(fieldAt(spec, "source.directory.recurse")).toBe(recurse);
    expect(fieldAt(spec, "destination")).toEqual({ namespace, server: "https://kubernetes.default.svc" });
  });

  test("read folders that hold files, each folder one Application's", () => {
    const paths = [...applications.values()].map((application) => String(fieldAt(application, "spec.source.path")));
    expect(new Set(paths).size).toBe(paths.length);
    for (const path of paths) expect([path, [...files.keys()].some((file) => `dist/${file}`.startsWith(`${path}/`))]).toEqual([path, true]);
  });

  test("of production, and they alone among the systems', wait for a confirmation before they are pruned or deleted", () => {
    const protectedOnes = [...applications]
      .filter(([, { metadata }]) => metadata.annotations?.["argocd.argoproj.io/sync-options"] === "Prune=confirm,Delete=confirm")
      .map(([name]) => name)
      .filter((name) => !name.startsWith("platform-"));
    // the ApplicationSet makes remla's, and never deletes any
    expect(protectedOnes.sort()).toEqual(
      [...applications.keys()].filter((name) => name.endsWith("-production") && name !== "remla-production").sort(),
    );
    const set = manifests.find(({ document }) => document.kind === "ApplicationSet")?.document;
    expect(fieldAt(set, "spec.syncPolicy")).toEqual({ applicationsSync: "create-update", preserveResourcesOnDeletion: true });
  });
});

describe("the environments' policy", () => {
  const everything = { allowEmpty: false, prune: true, selfHeal: true };

  test("is the table's", () => {
    const policies = shipped.environments.map(({ definition: { name, policy } }) => [
      name,
      policy.sync.automated,
      policy.approval,
      policy.images,
    ]);
    expect(policies).toEqual([
      ["dev", { prune: true, selfHeal: true }, "none", { tag: "commit", digest: "optional" }],
      ["staging", { prune: true, selfHeal: true }, "promotion", { tag: "any", digest: "required" }],
      ["production", undefined, "pull-request", { tag: "release", digest: "required" }],
    ]);
  });

  test.each(["dev", "staging"])("syncs, prunes and heals in %s", (environment) => {
    const here = [...applications.keys()].filter((name) => name.endsWith(`-${environment}`) && !name.includes("-namespace-"));
    expect(here.length).toBeGreaterThanOrEqual(6);
    for (const name of here) expect([name, automatedOf(name)]).toEqual([name, everything]);
  });

  test.each(["shop-frontend", "shop-order-service", "inventory-system", "mlops-sentiment"])("leaves %s in production to people", (name) => {
    expect(automatedOf(`${name}-production`)).toBeUndefined();
  });

  test("of remla in production syncs on merge, and neither prunes nor heals", () => {
    expect(automatedOf("remla-production")).toEqual({ allowEmpty: false, prune: false, selfHeal: false });
  });

  test.each(["sms-stack-app-service", "sms-stack-model-service"])("of %s in production heals, and does not prune", (name) => {
    expect(automatedOf(`${name}-production`)).toEqual({ allowEmpty: false, prune: false, selfHeal: true });
  });

  test("of a namespace unit is automatic and never prunes, in every environment", () => {
    const units = [...applications.keys()].filter((name) => name.includes("-namespace-")).sort();
    expect(units).toEqual(
      ["shop", "sms-stack"].flatMap((system) => ["dev", "production", "staging"].map((e) => `${system}-namespace-${e}`)),
    );
    for (const name of units) expect([name, automatedOf(name)]).toEqual([name, { allowEmpty: false, prune: false, selfHeal: true }]);
  });

  test("of inventory-system in staging is as its team wrote it, and a retry takes the newest commit", () => {
    expect(fieldAt(applications.get("inventory-system-staging"), "spec.syncPolicy")).toEqual({
      automated: { allowEmpty: false, prune: true, selfHeal: true },
      retry: { backoff: { duration: "5s", factor: 2, maxDuration: "3m" }, limit: 5, refresh: true },
      syncOptions: ["CreateNamespace=true"],
    });
  });
});

describe("the sync windows", () => {
  const maintenance = (applications: string[]): object[] => [
    {
      applications,
      description: "Monday to Thursday, 09:00 to 16:00",
      duration: "7h",
      kind: "allow",
      manualSync: true,
      schedule: "0 9 * * 1-4",
      timeZone: "Europe/Amsterdam",
    },
    {
      applications,
      description: "20 December to 2 January",
      // 14 days from midnight: 20 December to 2 January, both included
      duration: "336h",
      kind: "deny",
      manualSync: true,
      schedule: "0 0 20 12 *",
      timeZone: "Europe/Amsterdam",
    },
  ];

  test.each([
    ["shop-production", ["shop-frontend-production", "shop-order-service-production"]],
    ["inventory-system-production", ["inventory-system-production"]],
    ["mlops-sentiment-production", ["mlops-sentiment-production"]],
  ])("of '%s' hold for its services", (project, names) => {
    expect(fieldAt(projectOf(project), "spec.syncWindows")).toEqual(maintenance(names));
  });

  test("are nowhere else: an allow window would stop self-heal", () => {
    const projects = manifests.filter(({ document }) => document.kind === "AppProject" && fieldAt(document, "spec.syncWindows"));
    expect(projects.map(({ document }) => document.metadata.name).sort()).toEqual([
      "inventory-system-production",
      "mlops-sentiment-production",
      "shop-production",
    ]);
  });
});

describe("shop", () => {
  const table = [
    { environment: "dev", minReplicas: 1, maxReplicas: 3, requests: { cpu: "50m", memory: "64Mi" }, resilient: false },
    { environment: "staging", minReplicas: 2, maxReplicas: 4, requests: { cpu: "100m", memory: "128Mi" }, resilient: false },
    { environment: "production", minReplicas: 3, maxReplicas: 10, requests: { cpu: "250m", memory: "256Mi" }, resilient: true },
  ];
  const cells = table.flatMap((row) => ["frontend", "order-service"].map((service) => ({ ...row, service })));

  test.each(cells)("$service in $environment has the table's numbers", ({ environment, service, minReplicas, maxReplicas, requests }) => {
    const folder = `${environment}/main/shop/${service}`;
    const deployment = yamlAt(`${folder}/deployment-${service}.yaml`);
    expect(fieldAt(deployment, "spec.template.spec.containers.0.resources")).toEqual({ requests });
    expect(fieldAt(deployment, "spec")).not.toHaveProperty("replicas");
    expect(fieldAt(deployment, "spec.strategy")).toEqual({ rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } });
    expect(fieldAt(deployment, "spec.template.spec.containers.0.readinessProbe.httpGet")).toEqual({ path: "/readyz", port: "http" });
    expect(fieldAt(yamlAt(`${folder}/horizontal-pod-autoscaler-${service}.yaml`), "spec")).toEqual({
      minReplicas,
      maxReplicas,
      metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } }],
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: service },
    });
  });

  test.each(cells)("$service in $environment lies apart and drains one at a time only in production", (cell) => {
    const { environment, service, resilient } = cell;
    const folder = `${environment}/main/shop/${service}`;
    const selector = { matchLabels: { "app.kubernetes.io/name": service, "keelson.dev/track": "stable" } };
    const budget = `${folder}/pod-disruption-budget-${service}.yaml`;
    expect(files.has(budget)).toBe(resilient);
    if (resilient) expect(fieldAt(yamlAt(budget), "spec")).toEqual({ maxUnavailable: 1, selector });
    expect(fieldAt(yamlAt(`${folder}/deployment-${service}.yaml`), "spec.template.spec.affinity")).toEqual(
      resilient
        ? {
            podAntiAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [
                { podAffinityTerm: { labelSelector: selector, topologyKey: "kubernetes.io/hostname" }, weight: 100 },
              ],
            },
          }
        : undefined,
    );
  });

  test("says the base's numbers where an environment says nothing", () => {
    const props = shipped.systems.find(({ name }) => name === "shop")!.services.map((service) => service.props);
    for (const own of props) {
      expect(fieldAt(own, "autoscaling.minReplicas")).toBe(2);
      expect(fieldAt(own, "resources.requests")).toEqual({ cpu: "100m", memory: "128Mi" });
    }
  });

  test.each([
    ["dev", "10.10.0.5"],
    ["staging", "10.20.0.5"],
    ["production", "10.30.0.5"],
  ])("allows in %s exactly load balancer → frontend → order-service → its database", (environment, database) => {
    const folder = `${environment}/main/shop`;
    const scraper = {
      from: [
        {
          namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "monitoring" } },
          podSelector: { matchLabels: { "app.kubernetes.io/name": "prometheus" } },
        },
      ],
      ports: [{ port: 8080 }],
    };
    const pods = (name: string): object => ({ podSelector: { matchLabels: { "app.kubernetes.io/name": name } } });
    expect(fieldAt(yamlAt(`${folder}/namespace/network-policy-default-deny.yaml`), "spec")).toEqual({
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
    });
    expect(fieldAt(yamlAt(`${folder}/frontend/network-policy-frontend.yaml`), "spec")).toEqual({
      podSelector: { matchLabels: { "app.kubernetes.io/name": "frontend" } },
      ingress: [
        { from: [{ ipBlock: { cidr: "130.211.0.0/22" } }, { ipBlock: { cidr: "35.191.0.0/16" } }], ports: [{ port: 8080 }] },
        scraper,
      ],
      egress: [{ to: [pods("order-service")], ports: [{ port: 8080 }] }],
    });
    expect(fieldAt(yamlAt(`${folder}/order-service/network-policy-order-service.yaml`), "spec")).toEqual({
      podSelector: { matchLabels: { "app.kubernetes.io/name": "order-service" } },
      ingress: [{ from: [pods("frontend")], ports: [{ port: 8080 }] }, scraper],
      egress: [{ to: [{ ipBlock: { cidr: `${database}/32` } }], ports: [{ port: 5432 }] }],
    });
  });

  test("takes its database password from the store by name", () => {
    expect(yamlAt("production/main/shop/namespace/external-secret-db-credentials.yaml")).toEqual({
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata: {
        name: "db-credentials",
        namespace: "shop-production",
        annotations: { "argocd.argoproj.io/sync-wave": "-1" },
        labels: {
          "app.kubernetes.io/managed-by": "keelson",
          "app.kubernetes.io/name": "namespace",
          "app.kubernetes.io/part-of": "shop",
          "keelson.dev/environment": "production",
          "keelson.dev/team": "shop-team",
        },
      },
      spec: {
        refreshInterval: "1h0m0s",
        secretStoreRef: { kind: "ClusterSecretStore", name: "gcp-secret-manager-production" },
        target: { name: "db-credentials", creationPolicy: "Owner", deletionPolicy: "Retain" },
        data: [
          {
            secretKey: "password",
            remoteRef: {
              key: "db-password",
              version: "latest",
              conversionStrategy: "Default",
              decodingStrategy: "None",
              metadataPolicy: "None",
            },
          },
        ],
      },
    });
  });

  test.each([
    ["dev", "frontend.dev.acme.example"],
    ["staging", "frontend.staging.acme.example"],
    ["production", "frontend.acme.example"],
  ])("is open to the public in %s as '%s'", (environment, host) => {
    const ingress = yamlAt(`${environment}/main/shop/frontend/ingress-frontend.yaml`);
    expect(fieldAt(ingress, "spec.rules.0.host")).toBe(host);
    expect(fieldAt(ingress, "spec.tls")).toEqual([{ hosts: [host], secretName: "frontend-tls" }]);
  });
});

describe("inventory-system", () => {
  test.each(["staging", "production"])("brings its objects to %s in waves", (environment) => {
    const waves = new Map<string, string | undefined>();
    for (const { owner, document } of manifests) {
      if (owner.scope !== "environment" || owner.system !== "inventory-system" || owner.environment !== environment) continue;
      const what = owner.unit === "namespace" && document.kind === "ExternalSecret" ? "secrets" : owner.unit;
      const wave = document.metadata.annotations?.["argocd.argoproj.io/sync-wave"];
      expect([what, document.kind, waves.get(what) ?? wave]).toEqual([what, document.kind, wave]);
      waves.set(what, wave);
    }
    expect(Object.fromEntries(waves)).toEqual({
      namespace: "-2",
      secrets: "-1",
      postgresql: "-1",
      migration: "0",
      "inventory-service": "1",
      "product-service": "1",
      "user-service": "1",
    });
  });

  test.each(["staging", "production"])(
    "migrates in %s as a Sync hook, with the image of the service that it migrates for",
    (environment) => {
      const job = objectsOf("Job", "inventory-system", environment).get("migration")!.document;
      expect(job.metadata.annotations).toEqual({
        "argocd.argoproj.io/hook": "Sync",
        "argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation",
        "argocd.argoproj.io/sync-wave": "0",
      });
      const service = objectsOf("Deployment", "inventory-system", environment).get("inventory-service")!.document;
      const image = "spec.template.spec.containers.0.image";
      expect(fieldAt(job, image)).toBe(fieldAt(service, image));
      expect(String(fieldAt(job, image))).toMatch(/^ghcr\.io\/acme\/inventory-service:.+@sha256:[0-9a-f]{64}$/);
    },
  );
});

describe("remla", () => {
  const routes = shipped.environments.flatMap(({ definition }) =>
    [...objectsOf("VirtualService", "remla", definition.name).values()].map(({ document }) => ({
      environment: definition.name,
      name: document.metadata.name,
      http: fieldAt(document, "spec.http") as {
        match?: unknown;
        route: { weight: number; destination: { host: string; subset: string } }[];
      }[],
    })),
  );

  test("routes both services in every environment", () => {
    expect(routes.map(({ environment, name }) => `${environment} ${name}`).sort()).toEqual([
      "dev app",
      "dev model-service",
      "production app",
      "production model-service",
      "staging app",
      "staging model-service",
    ]);
  });

  test("shares out exactly 100 per cent in every route", () => {
    for (const { environment, name, http } of routes) {
      for (const { route } of http) {
        const sum = route.reduce((total, { weight }) => total + weight, 0);
        expect([environment, name, sum]).toEqual([environment, name, 100]);
      }
    }
  });

  test("gives the app's canary 10 per cent, and the model's canary to the app's canary alone", () => {
    for (const { name, http } of routes) {
      const weights = http.map(({ match, route }) => [match, route.map(({ destination, weight }) => [destination.subset, weight])]);
      expect(weights).toEqual(
        name === "app"
          ? [
              [
                undefined,
                [
                  ["stable", 90],
                  ["canary", 10],
                ],
              ],
            ]
          : [
              [[{ sourceLabels: { "app.kubernetes.io/name": "app", "keelson.dev/track": "canary" } }], [["canary", 100]]],
              [
                undefined,
                [
                  ["stable", 100],
                  ["canary", 0],
                ],
              ],
            ],
      );
    }
  });

  test("has a subset, and Pods in it, for every destination", () => {
    for (const { environment, name, http } of routes) {
      const rule = objectsOf("DestinationRule", "remla", environment).get(name)!.document;
      const subsets = fieldAt(rule, "spec.subsets") as { name: string; labels: Record<string, string> }[];
      const pods = [...objectsOf("Deployment", "remla", environment).values()].map(
        ({ document }) => fieldAt(document, "spec.template.metadata.labels") as Record<string, string>,
      );
      for (const { destination } of http.flatMap(({ route }) => route)) {
        expect(destination.host).toBe(fieldAt(rule, "spec.host"));
        const subset = subsets.find((candidate) => candidate.name === destination.subset)!;
        const wanted = { "app.kubernetes.io/name": name, ...subset.labels };
        expect(pods.filter((labels) => Object.entries(wanted).every(([key, value]) => labels[key] === value))).toHaveLength(1);
      }
    }
  });

  test("pins its stable version and its canary apart", () => {
    for (const [environment, { pins }] of shippedPins) {
      for (const service of ["app", "model-service"]) {
        const [stable, canary] = [pins.get(`remla/${service}`), pins.get(`remla/${service}@canary`)];
        expect([environment, service, String(stable?.reference) !== String(canary?.reference)]).toEqual([environment, service, true]);
      }
    }
  });

  test("takes 100 requests a minute and Pod on its public route", () => {
    const filter = [...objectsOf("EnvoyFilter", "remla", "production").values()].map(({ document }) => document);
    expect(filter.map(({ metadata }) => metadata.name)).toEqual(["app"]);
    expect(fieldAt(filter[0], "spec.configPatches.0.patch.value.typed_config.value.token_bucket")).toEqual({
      fill_interval: "60s",
      max_tokens: 100,
      tokens_per_fill: 100,
    });
  });
});

describe("the image pins", () => {
  const [staging, production] = ["staging", "production"].map((environment) => shippedPins.get(environment)!.pins);

  test("name the same images in staging and production, by the same digests", () => {
    const digests = (pins: typeof staging): [string, string | undefined][] =>
      [...pins!].map(([key, { reference }]) => [key, `${reference.repository}@${reference.digest ?? "no digest"}`]);
    expect(digests(production)).toEqual(digests(staging));
    expect(production!.size).toBeGreaterThan(10);
  });

  test("are releases in production", () => {
    for (const [key, { reference }] of production!) expect([key, reference.tag]).toEqual([key, expect.stringMatching(/^v?\d+\.\d+\.\d+$/)]);
  });

  test("come from shop's own registry for shop, and from the organization's for all others", () => {
    for (const { pins } of shippedPins.values()) {
      for (const [key, { reference }] of pins) {
        const service = /\/([^:@]+)/.exec(key)?.[1] ?? "";
        expect(reference.repository).toBe(
          key.startsWith("shop/") ? `europe-docker.pkg.dev/acme-shop/shop/${service}` : `ghcr.io/acme/${service}`,
        );
      }
    }
  });
});
