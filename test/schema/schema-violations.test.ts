import { describe, expect, test } from "@jest/globals";
import type { KubernetesObject } from "../../lib/manifest/manifest.ts";
import { schemaViolations } from "../../lib/schema/schema-violations.ts";
import { committedManifests } from "../e2e/committed-manifests.ts";
import { projectRoot } from "../support/project-copy.ts";

const container = { name: "catalogue", image: "registry.example/bookshop/catalogue:1" };

function deployment(podSpec: object, spec: object = {}): KubernetesObject {
  const labels = { app: "catalogue" };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "catalogue", namespace: "bookshop-dev" },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: podSpec }, ...spec },
  };
}

function object(apiVersion: string, kind: string, fields: object): KubernetesObject {
  return { apiVersion, kind, metadata: { name: "catalogue", namespace: "bookshop-dev" }, ...fields };
}

/** What is wrong, one line each. */
function violations(document: KubernetesObject): unknown {
  const found = schemaViolations(document);
  return found === "unknown kind"
    ? found
    : found.map(({ path, message, hint }) => `${path} ${message}${hint === undefined ? "" : ` (${hint})`}`);
}

describe("the schema of a built-in kind", () => {
  test("lets pass what the API server takes", () => {
    expect(violations(deployment({ containers: [{ ...container, resources: { limits: { cpu: 1, memory: "64Mi" } } }] }))).toEqual([]);
  });

  test("names an unknown field by its path, and the nearest names there", () => {
    const [first] = schemaViolations(deployment({ containers: [{ ...container, imagePullpolicy: "Always" }] }));
    expect(first).toMatchObject({
      path: "spec.template.spec.containers[0].imagePullpolicy",
      message: "is no field that the API knows",
      hint: expect.stringMatching(/^leave it out, or mend the name; the nearest there: 'imagePullPolicy', /) as unknown,
    });
  });

  test("says everything at once", () => {
    expect(
      violations(
        deployment({ containers: [{ image: 1, ports: [{ containerPort: "http" }] }], restartPolicy: "Allways" }, { replicas: "2" }),
      ),
    ).toEqual([
      "spec.replicas must be a whole number, got '2'",
      "spec.template.spec.containers[0].name is missing",
      "spec.template.spec.containers[0].image must be a string, got 1",
      "spec.template.spec.containers[0].ports[0].containerPort must be a whole number, got 'http'",
      "spec.template.spec.restartPolicy must be one of 'Always', 'Never', 'OnFailure', got 'Allways'",
    ]);
  });

  test.each([
    [
      "a quantity",
      { resources: { requests: { memory: "64 Mi" } } },
      "resources.requests.memory must be a quantity such as '250m' or '1Gi', got '64 Mi'",
    ],
    [
      "the range of an integer",
      { ports: [{ containerPort: 2 ** 31 }] },
      "ports[0].containerPort must be at most 2147483647, got 2147483648",
    ],
    ["a list", { args: "--verbose" }, "args must be a list, got '--verbose'"],
    ["an object", { resources: ["cpu"] }, "resources must be an object, got a list of 1"],
  ])("judges %s", (_, fields, said) => {
    expect(violations(deployment({ containers: [{ ...container, ...fields }] }))).toEqual([`spec.template.spec.containers[0].${said}`]);
  });

  test("takes a field that is null as left out, as the API server does", () => {
    expect(violations(deployment({ containers: [container], nodeSelector: null }, { replicas: null }))).toEqual([]);
    expect(violations(deployment({ containers: null }))).toEqual(["spec.template.spec.containers is missing"]);
  });

  test("writes the keys of maps in brackets", () => {
    expect(violations(object("v1", "ConfigMap", { data: { "nginx.conf": 8080, "8080": true } }))).toEqual([
      'data["8080"] must be a string, got true',
      'data["nginx.conf"] must be a string, got 8080',
    ]);
  });

  test("does not print what a Secret holds", () => {
    expect(violations(object("v1", "Secret", { data: { password: "hunter2 hunter2" } }))).toEqual([
      "data.password must be base64, got a string of 15",
    ]);
    expect(violations(object("v1", "Secret", { stringData: { pin: 1234 } }))).toEqual(["stringData.pin must be a string, got a number"]);
  });

  test("does not judge a status, which the API server drops", () => {
    expect(violations(deployment({ containers: [container] }, {}))).toEqual([]);
    expect(violations({ ...deployment({ containers: [container] }), status: { whatever: true } })).toEqual([]);
  });
});

describe("the schema of a custom resource", () => {
  const httpRoute = (fields: object) =>
    object("gateway.networking.k8s.io/v1", "HTTPRoute", { spec: { parentRefs: [{ name: "public" }], ...fields } });

  test("holds patterns, bounds and numbers of items", () => {
    expect(violations(httpRoute({ hostnames: ["Books.example"], rules: [{ backendRefs: [{ name: "catalogue", port: 0 }] }] }))).toEqual([
      expect.stringMatching(/^spec.hostnames\[0\] must match '.*', got 'Books.example'$/),
      "spec.rules[0].backendRefs[0].port must be at least 1, got 0",
    ]);
    expect(violations(httpRoute({ hostnames: Array.from({ length: 17 }, (_, index) => `books${index}.example`) }))).toEqual([
      "spec.hostnames must have at most 16 items, got a list of 17",
    ]);
  });

  test("tells items of a list apart by their keys, defaults included", () => {
    const listeners = ["http", "https", "http"].map((name) => ({ name, port: 80, protocol: "HTTP" }));
    const gateway = object("gateway.networking.k8s.io/v1", "Gateway", { spec: { gatewayClassName: "public", listeners } });
    expect(violations(gateway)).toEqual(["spec.listeners[2] stands twice in its list"]);
  });

  test("is open where anything may stand", () => {
    const source = { repoURL: "https://git.example/bookshop", helm: { valuesObject: { replicas: { whatever: 1 } } } };
    const destination = { namespace: "bookshop-dev", server: "https://kubernetes.default.svc" };
    expect(violations(object("argoproj.io/v1alpha1", "Application", { spec: { project: "bookshop", source, destination } }))).toEqual([]);
  });

  test("knows the metadata that every object has", () => {
    const route = { ...httpRoute({}), metadata: { name: "catalogue", lables: {} } } as unknown as KubernetesObject;
    expect(violations(route)).toEqual([expect.stringMatching(/^metadata.lables is no field .* 'labels', /)]);
  });

  test("says of fields that exclude one another that they do", () => {
    const authorization = object("security.istio.io/v1", "AuthorizationPolicy", {
      spec: { action: "ALLOW", provider: { name: "a" }, rules: [{ from: [{ source: { notPrincipals: 1 } }] }] },
    });
    expect(violations(authorization)).toEqual(["spec.rules[0].from[0].source.notPrincipals must be a list, got 1"]);
    const route = object("networking.istio.io/v1", "VirtualService", {
      spec: {
        hosts: ["a"],
        http: [{ route: [{ destination: { host: "b" } }], fault: { delay: { fixedDelay: "1s", exponentialDelay: "2s" } } }],
      },
    });
    expect(violations(route)).toEqual(["spec.http[0].fault.delay holds fields that exclude one another"]);
  });
});

test("of a kind without a schema nothing is said", () => {
  expect(schemaViolations(object("bookshop.example/v1", "Shelf", {}))).toBe("unknown kind");
  expect(schemaViolations(object("apps/v1", "Shelf", {}))).toBe("unknown kind");
  expect(schemaViolations(object("constructor", "toString", {}))).toBe("unknown kind");
});

test("there is a schema of every kind that is rendered, and it has nothing against it", () => {
  const manifests = ["dist", "test/golden/bookshop"].flatMap((folder) => committedManifests(projectRoot, folder));
  expect(manifests.length).toBeGreaterThan(600);
  expect(
    manifests.map(({ path, document }) => ({ path, found: schemaViolations(document) })).filter(({ found }) => found.length > 0),
  ).toEqual([]);
});
