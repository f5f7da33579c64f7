import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../../lib/manifest/repository-facts.ts";
import { portExists } from "../../../lib/validation/rules/port-exists.ts";
import { bookshopNamespace, deployment, manifest, platform, reported } from "../../support/manifests.ts";

const labels = { "app.kubernetes.io/name": "catalogue" };
const misspelt = { "app.kubernetes.io/name": "catalog" };
const nearest = "has the label app.kubernetes.io/name with the value 'catalog'; the nearest values there: 'catalogue'";

function service(spec: object = {}, metadata: object = {}): Manifest {
  const ports = [{ name: "http", port: 80, targetPort: "http" }];
  return manifest({ kind: "Service", metadata: { labels, ...metadata }, spec: { selector: labels, ports, ...spec } });
}

/** Pods and a Service with two ports. */
const twoPorts = [
  { name: "http", port: 80, targetPort: "http" },
  { name: "metrics", port: 9090, targetPort: "metrics" },
];
const twoPortPods = deployment({
  containers: [
    {
      ports: [
        { name: "http", containerPort: 8080 },
        { name: "metrics", containerPort: 9090 },
      ],
    },
  ],
});

describe("port-exists, of Services", () => {
  test("lets a Service pass whose named ports every Pod has", () => {
    const sidecar = { name: "proxy", image: "p", restartPolicy: "Always", ports: [{ name: "admin", containerPort: 9901 }] };
    const pods = deployment({ initContainers: [sidecar] });
    const ports = [{ port: 80, targetPort: "http" }, { port: 9901, targetPort: "admin" }, { port: 7070, targetPort: 7070 }, { port: 8081 }];
    expect(reported(portExists, [pods, service({ ports })])).toEqual([]);
  });

  test("leaves a Service without a selector alone, and namespaces that nobody declares", () => {
    const foreign = manifest({ kind: "Service", metadata: { namespace: "argocd" }, spec: { selector: misspelt } }, platform);
    expect(reported(portExists, [service({ selector: undefined, ports: [{ port: 443, targetPort: "https" }] }), foreign])).toEqual([]);
  });

  test("reports a selector that matches no workload of the namespace", () => {
    const elsewhere = deployment({}, { namespace: "bookshop-staging" });
    expect(reported(portExists, [service(), elsewhere])).toEqual([
      "Service bookshop-dev/catalogue selects Pods that no workload makes\nhint: there is no Pod in that namespace",
    ]);
    expect(reported(portExists, [service({ selector: misspelt }), deployment()])).toEqual([
      `Service bookshop-dev/catalogue selects Pods that no workload makes\nhint: no Pod there ${nearest}`,
    ]);
    expect(reported(portExists, [service({ selector: { ...labels, "keelson.dev/track": "canary" } }), deployment()])).toEqual([
      "Service bookshop-dev/catalogue selects Pods that no workload makes\nhint: no Pod there has the label keelson.dev/track with the value 'canary'",
    ]);
  });

  test("reports a selector whose labels no one Pod has together", () => {
    const pod = (name: string, podLabels: object): Manifest =>
      manifest({ kind: "Pod", metadata: { name, labels: { ...podLabels } }, spec: { containers: [] } });
    const selector = { ...labels, "keelson.dev/track": "canary" };
    expect(reported(portExists, [service({ selector }), pod("one", labels), pod("other", { "keelson.dev/track": "canary" })])).toEqual([
      "Service bookshop-dev/catalogue selects Pods that no workload makes\nhint: no Pod there has all that the selector asks for",
    ]);
  });

  test("reports a named port that a selected workload has not, for each workload", () => {
    const canary = manifest({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "catalogue-canary" },
      spec: { template: { metadata: { labels }, spec: { containers: [{ name: "catalogue", image: "c" }] } } },
    });
    expect(reported(portExists, [service({ ports: [{ port: 80, targetPort: "web" }] }), deployment(), canary])).toEqual([
      "Service bookshop-dev/catalogue sends port 80 to port 'web' of Deployment bookshop-dev/catalogue, which has no such port\nhint: Deployment 'catalogue' has 'http' (8080)",
      "Service bookshop-dev/catalogue sends port 80 to port 'web' of Deployment bookshop-dev/catalogue-canary, which has no such port\nhint: Deployment 'catalogue-canary' has no port at all",
    ]);
  });

  test("does not count the port of an init container that ends before the others start", () => {
    const migrate = { name: "migrate", image: "m", ports: [{ name: "admin", containerPort: 9901 }] };
    expect(
      reported(portExists, [
        service({ ports: [{ name: "admin", port: 9901, targetPort: "admin" }] }),
        deployment({ initContainers: [migrate] }),
      ]),
    ).toEqual([
      "Service bookshop-dev/catalogue sends port 'admin' to port 'admin' of Deployment bookshop-dev/catalogue, which has no such port\nhint: Deployment 'catalogue' has 'http' (8080)",
    ]);
  });
});

describe("port-exists, of Ingresses", () => {
  function ingress(backends: readonly object[], fields: object = {}): Manifest {
    const paths = backends.map((backend) => ({ path: "/", pathType: "Prefix", backend }));
    return manifest({ apiVersion: "networking.k8s.io/v1", kind: "Ingress", spec: { rules: [{ http: { paths } }], ...fields } });
  }
  const to = (name: string, port: object): object => ({ service: { name, port } });

  test("lets backends pass by name, by number and where they are no Service", () => {
    const storage = { resource: { apiGroup: "storage.example", kind: "Bucket", name: "covers" } };
    const passing = ingress([to("catalogue", { name: "http" }), storage], { defaultBackend: to("catalogue", { number: 80 }) });
    expect(reported(portExists, [passing, service(), deployment()])).toEqual([]);
  });

  test.each([{ name: "metrics" }, { number: 9090 }])("lets one of several ports pass: %j", (port) => {
    expect(reported(portExists, [ingress([to("catalogue", port)]), service({ ports: twoPorts }), twoPortPods])).toEqual([]);
  });

  test("reports a Service that there is not, once", () => {
    const wrong = to("catalog", { name: "http" });
    expect(reported(portExists, [ingress([wrong, wrong], { defaultBackend: wrong }), service(), deployment()])).toEqual([
      "Ingress bookshop-dev/catalogue leads to Service 'catalog', which nothing makes in 'bookshop-dev'\nhint: give it a service that serves a port, or mend the name; the nearest there: 'catalogue'",
    ]);
  });

  test.each([
    ["a name", { name: "https" }, "'https'"],
    ["a number", { number: 8080 }, "8080"],
    ["nothing", {}, "(none)"],
  ])("reports a port that the Service has not, by %s", (_title, port, says) => {
    const unnamed = service({ ports: [{ port: 80, targetPort: "http" }] });
    expect(reported(portExists, [ingress([to("catalogue", port)]), unnamed, deployment()])).toEqual([
      `Ingress bookshop-dev/catalogue leads to port ${says} of Service 'catalogue', which has no such port\nhint: Service 'catalogue' has 80`,
    ]);
  });

  test("reports the default backend", () => {
    expect(reported(portExists, [ingress([], { defaultBackend: to("catalogue", { number: 81 }) }), service(), deployment()])).toEqual([
      "Ingress bookshop-dev/catalogue leads to port 81 of Service 'catalogue', which has no such port\nhint: Service 'catalogue' has 'http' (80)",
    ]);
  });
});

describe("port-exists, of HTTPRoutes", () => {
  function route(...backendRefs: readonly object[]): Manifest {
    return manifest({ apiVersion: "gateway.networking.k8s.io/v1", kind: "HTTPRoute", spec: { rules: [{ backendRefs }] } });
  }

  test("lets backends pass that exist, that are no Service, and that stand in a namespace which nobody declares", () => {
    const passing = route(
      { group: "", kind: "Service", name: "catalogue", port: 80 },
      { name: "catalogue", namespace: "bookshop-dev", port: 80 },
      { group: "multicluster.x-k8s.io", kind: "ServiceImport", name: "stock", port: 80 },
      { group: "", kind: "Bucket", name: "covers" },
      { name: "argocd-server", namespace: "argocd", port: 443 },
    );
    expect(reported(portExists, [passing, service(), deployment()])).toEqual([]);
  });

  test("reports a Service, and a port, that there is not", () => {
    expect(
      reported(portExists, [route({ name: "checkout", port: 80 }, { name: "catalogue", port: 8080 }), service(), deployment()]),
    ).toEqual([
      "HTTPRoute bookshop-dev/catalogue leads to Service 'checkout', which nothing makes in 'bookshop-dev'\nhint: give it a service that serves a port, or mend the name; the nearest there: 'catalogue'",
      "HTTPRoute bookshop-dev/catalogue leads to port 8080 of Service 'catalogue', which has no such port\nhint: Service 'catalogue' has 'http' (80)",
    ]);
  });

  test("looks for a Service in the namespace that the reference names", () => {
    const staging = manifest({ kind: "Namespace", metadata: { name: "bookshop-staging", namespace: undefined } });
    expect(
      reported(portExists, [staging, route({ name: "catalogue", namespace: "bookshop-staging", port: 80 }), service(), deployment()]),
    ).toEqual([
      "HTTPRoute bookshop-dev/catalogue leads to Service 'catalogue', which nothing makes in 'bookshop-staging'\nhint: give it a service that serves a port",
    ]);
  });
});

describe("port-exists, of other routes of the Gateway API", () => {
  const apiVersion = "gateway.networking.k8s.io/v1";
  const port = { name: "checkout", port: 80 };

  test.each(["GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"])("reports a Service that there is not to a %s", (kind) => {
    expect(reported(portExists, [manifest({ apiVersion, kind, spec: { rules: [{ backendRefs: [port] }] } })])).toHaveLength(1);
  });

  test("reports a mirror that there is not", () => {
    const filters = [null, { type: "RequestMirror", requestMirror: { backendRef: port } }, { type: "URLRewrite" }];
    expect(reported(portExists, [manifest({ apiVersion, kind: "HTTPRoute", spec: { rules: [{ filters }] } })])).toHaveLength(1);
  });

  describe("to a Service of another namespace", () => {
    const staging = manifest({ kind: "Namespace", metadata: { name: "staging", namespace: undefined } });
    const stock = manifest({ kind: "Service", metadata: { name: "stock", namespace: "staging" }, spec: { ports: [{ port: 80 }] } });
    const backendRefs = [{ name: "stock", namespace: "staging", port: 80 }];
    const route = manifest({ apiVersion, kind: "HTTPRoute", spec: { rules: [{ backendRefs }, { backendRefs }] } });
    const grant = (from: object, to: object, namespace = "staging"): Manifest =>
      manifest({ apiVersion, kind: "ReferenceGrant", metadata: { namespace }, spec: { from: [from], to: [to] } });
    const from = { group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: "bookshop-dev" };
    const to = { group: "", kind: "Service" };

    test.each([to, { ...to, name: "stock" }])("lets a route pass that it grants: %j", (granted) => {
      expect(reported(portExists, [staging, stock, route, grant(from, granted)])).toEqual([]);
    });

    test.each([
      ["no grant", []],
      ["one elsewhere", [grant(from, to, "bookshop-dev")]],
      ["one from another namespace", [grant({ ...from, namespace: "library-dev" }, to)]],
      ["one from another kind", [grant({ ...from, kind: "GRPCRoute" }, to)]],
      ["one to another Service", [grant(from, { ...to, name: "books" })]],
    ])("reports %s", (_, grants) => {
      expect(reported(portExists, [staging, stock, route, ...grants])).toEqual([
        "HTTPRoute bookshop-dev/catalogue leads to Service 'stock' of 'staging', which no ReferenceGrant there lets it do\nhint: render a ReferenceGrant in 'staging': from HTTPRoute of 'bookshop-dev' to Service",
      ]);
    });
  });
});

describe("port-exists, of PodMonitors", () => {
  const podMonitor = (port: string, namespaceSelector: object = {}): Manifest =>
    manifest({
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PodMonitor",
      spec: {
        selector: { matchLabels: { "app.kubernetes.io/name": "catalogue" } },
        namespaceSelector,
        podMetricsEndpoints: [{ port }, {}],
      },
    });

  test("lets a port pass that a selected Pod has, and every one of any namespace", () => {
    expect(reported(portExists, [deployment(), podMonitor("http"), podMonitor("metrics", { any: true })])).toEqual([]);
  });

  test("reports a port that no selected Pod has, unless a custom resource may make others", () => {
    expect(reported(portExists, [deployment(), podMonitor("metrics")])).toEqual([
      "PodMonitor bookshop-dev/catalogue scrapes port 'metrics', which no Pod that it selects has\nhint: the selected have 'http' (8080)",
    ]);
    const rollout = manifest({ apiVersion: "argoproj.io/v1alpha1", kind: "Rollout" });
    expect(reported(portExists, [deployment(), podMonitor("metrics"), rollout])).toEqual([]);
  });
});

describe("port-exists, of ServiceMonitors", () => {
  function monitor(spec: object = {}, metadata: object = {}): Manifest {
    const defaults = { selector: { matchLabels: labels }, endpoints: [{ port: "http" }] };
    return manifest({ apiVersion: "monitoring.coreos.com/v1", kind: "ServiceMonitor", metadata, spec: { ...defaults, ...spec } });
  }

  test("lets a monitor pass that selects a Service with the port, by labels or by expressions", () => {
    const selector = { matchExpressions: [{ key: "app.kubernetes.io/name", operator: "In", values: ["catalogue", "checkout"] }] };
    const endpoints = [{ port: "http" }, { targetPort: 9090 }];
    expect(reported(portExists, [monitor(), monitor({ selector, endpoints }, { name: "all" }), service(), deployment()])).toEqual([]);
  });

  test("lets one of several ports pass, and reports what none of the selected has", () => {
    const endpoints = [{ port: "metrics" }, { port: "traces" }];
    expect(reported(portExists, [monitor({ endpoints }), service({ ports: twoPorts }), twoPortPods])).toEqual([
      "ServiceMonitor bookshop-dev/catalogue scrapes port 'traces', which no Service that it selects has\nhint: the selected have 'http' (80), 'metrics' (9090)",
    ]);
  });

  test("says nothing where one of several namespaces is not declared", () => {
    const both = monitor({ namespaceSelector: { matchNames: ["bookshop-dev", "argocd"] } });
    expect(reported(portExists, [both])).toEqual([]);
  });

  test("says nothing of Services in namespaces that nobody declares, or anywhere", () => {
    const named = monitor({ namespaceSelector: { matchNames: ["argocd"] } });
    const any = monitor({ namespaceSelector: { any: true } }, { name: "any" });
    expect(reported(portExists, [named, any])).toEqual([]);
  });

  test("reports a monitor that selects no Service", () => {
    expect(reported(portExists, [monitor()])).toEqual([
      "ServiceMonitor bookshop-dev/catalogue selects no Service\nhint: there is no Service in that namespace",
    ]);
    expect(reported(portExists, [monitor({ selector: { matchLabels: misspelt } }), service(), deployment()])).toEqual([
      `ServiceMonitor bookshop-dev/catalogue selects no Service\nhint: no Service there ${nearest}`,
    ]);
    expect(
      reported(portExists, [
        monitor({ namespaceSelector: { matchNames: ["bookshop-dev"] }, selector: { matchLabels: misspelt } }),
        service(),
        deployment(),
      ]),
    ).toEqual([`ServiceMonitor bookshop-dev/catalogue selects no Service\nhint: no Service there ${nearest}`]);
  });

  test("reports a port that the selected Services have not", () => {
    expect(reported(portExists, [monitor({ endpoints: [{ port: "http" }, { port: "metrics" }] }), service(), deployment()])).toEqual([
      "ServiceMonitor bookshop-dev/catalogue scrapes port 'metrics', which no Service that it selects has\nhint: the selected have 'http' (80)",
    ]);
  });
});

describe("port-exists, of probes", () => {
  test("lets probes pass that ask a port of their container by name, any port by number, or none", () => {
    const probes = {
      livenessProbe: { httpGet: { port: "http" } },
      readinessProbe: { tcpSocket: { port: 9999 } },
      startupProbe: { exec: {} },
    };
    expect(reported(portExists, [deployment({ containers: [probes] })])).toEqual([]);
  });

  test.each(["livenessProbe", "readinessProbe", "startupProbe"])("reports a %s that asks a port which the container has not", (probe) => {
    const proxy = { name: "proxy", ports: [{ name: "admin", containerPort: 9901 }] };
    expect(reported(portExists, [deployment({ containers: [{ [probe]: { httpGet: { port: "admin" } } }, proxy] })])).toEqual([
      `the ${probe} of container 'catalogue' in Deployment bookshop-dev/catalogue asks port 'admin', which the container has not\nhint: the container has 'http' (8080)`,
    ]);
    expect(reported(portExists, [deployment({ containers: [{ ports: undefined, [probe]: { tcpSocket: { port: "http" } } }] })])).toEqual([
      `the ${probe} of container 'catalogue' in Deployment bookshop-dev/catalogue asks port 'http', which the container has not\nhint: the container has no port at all`,
    ]);
  });
});

describe("port-exists, of NetworkPolicies", () => {
  function policy(ports: readonly object[], podSelector: object = { matchLabels: labels }, namespace = "bookshop-dev"): Manifest {
    const spec = { podSelector, ingress: [{}, { ports }] };
    return manifest({ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { namespace }, spec });
  }

  test("lets ports pass that a selected Pod serves: by number, name or range, and the mesh's own", () => {
    expect(
      reported(portExists, [deployment(), policy([{ port: 8080 }, { port: "http" }, { port: 8000, endPort: 9000 }, { port: 15008 }, {}])]),
    ).toEqual([]);
  });

  test("lets one of several ports pass, and reports what no selected Pod serves", () => {
    expect(reported(portExists, [twoPortPods, policy([{ port: 9090 }, { port: 9091 }])])).toEqual([
      "NetworkPolicy bookshop-dev/catalogue opens port 9091, which no Pod that it selects serves\nhint: the selected have 'http' (8080), 'metrics' (9090)",
    ]);
  });

  test("says nothing of policies for every Pod, without ports, or in a namespace that nobody declares", () => {
    expect(
      reported(portExists, [
        deployment(),
        policy([{ port: 1 }], {}),
        policy([], { matchLabels: misspelt }),
        policy([{ port: 1 }], undefined, "argocd"),
      ]),
    ).toEqual([]);
  });

  test("reports a port that no selected Pod serves, once", () => {
    const open = policy([{ port: 9090 }, { port: 9090 }, { port: "grpc" }, { port: 9000, endPort: 9100 }]);
    expect(reported(portExists, [deployment(), open])).toEqual([
      "NetworkPolicy bookshop-dev/catalogue opens port 9090, which no Pod that it selects serves\nhint: the selected have 'http' (8080)",
      "NetworkPolicy bookshop-dev/catalogue opens port 'grpc', which no Pod that it selects serves\nhint: the selected have 'http' (8080)",
      "NetworkPolicy bookshop-dev/catalogue opens port 9000, which no Pod that it selects serves\nhint: the selected have 'http' (8080)",
    ]);
  });

  test("reports a policy that opens ports of no Pod", () => {
    expect(reported(portExists, [deployment(), policy([{ port: 8080 }], { matchLabels: misspelt })])).toEqual([
      `NetworkPolicy bookshop-dev/catalogue selects Pods that no workload makes\nhint: no Pod there ${nearest}`,
    ]);
  });

  test("says nothing of selectors where a custom resource may make the Pods", () => {
    const rollout = manifest({ apiVersion: "argoproj.io/v1alpha1", kind: "Rollout" });
    const selector = { app: "rollout" };
    const service = manifest({ kind: "Service", metadata: { name: "rollout" }, spec: { selector, ports: [{ port: 80 }] } });
    const policy = manifest({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      spec: { podSelector: { matchLabels: selector }, ingress: [{ ports: [{ port: 8080 }] }] },
    });
    expect(reported(portExists, [service, policy])).toHaveLength(2);
    expect(reported(portExists, [service, policy, rollout])).toEqual([]);
  });

  test("only warns of a port that a container may well serve without declaring it", () => {
    const policy = (port: string | number): Manifest =>
      manifest({
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        spec: { podSelector: { matchLabels: { "app.kubernetes.io/name": "catalogue" } }, ingress: [{ ports: [{ port }] }] },
      });
    const severity = (port: string | number): unknown =>
      portExists.check(new RepositoryFacts([bookshopNamespace, deployment(), policy(port)]))[0]?.severity;
    expect(severity(9090)).toBe("warning");
    expect(severity("grpc")).toBeUndefined();
  });
});
