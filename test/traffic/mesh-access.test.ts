import { describe, expect, test } from "@jest/globals";
import type { UnitContext, WithContext } from "../../lib/definition/workload-class.ts";
import { MeshAccess, type MeshAccessProps } from "../../lib/traffic/mesh-access.ts";
import { caught } from "../support/caught.ts";
import { renderOne } from "../support/render-construct.ts";
import { bookshopContext } from "../support/unit-context.ts";
import { meshContext } from "../workload/rendered-unit.ts";

const render = (context: UnitContext) => renderOne((scope) => new MeshAccess(scope, "access", { context }));

describe("MeshAccess", () => {
  test("lets sidecars ask istiod, and opens nothing inwards: they use the ports that are open already", () => {
    expect(render(meshContext({ mesh: "sidecar" }))).toEqual({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "mesh-access", namespace: "bookshop-dev", labels: bookshopContext().labels },
      spec: {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [
          {
            to: [
              {
                namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "istio-system" } },
                podSelector: { matchLabels: { app: "istiod" } },
              },
            ],
            ports: [{ port: 15012 }],
          },
        ],
      },
    });
  });

  test("lets the kubelet's probes into ambient Pods, and nothing else: HBONE is a matter of the declared calls", () => {
    expect(render(meshContext({ mesh: "ambient" })).spec).toEqual({
      podSelector: {},
      ingress: [{ from: [{ ipBlock: { cidr: "169.254.7.127/32" } }] }],
    });
  });

  test("every prop reaches the manifest", () => {
    const props: Required<WithContext<MeshAccessProps>> = { context: meshContext({ annotations: { wave: "-2" } }), name: "istio" };
    expect(renderOne((scope) => new MeshAccess(scope, "access", props)).metadata).toMatchObject({
      name: "istio",
      annotations: { wave: "-2" },
    });
  });

  test("fails on a cluster without a mesh", () => {
    expect(caught(() => render(bookshopContext({ mesh: "ambient" })))).toBe("the system joins a mesh, and the cluster has none");
  });
});
