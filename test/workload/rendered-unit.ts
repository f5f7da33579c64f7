import { expect } from "@jest/globals";
import type { Construct } from "constructs";
import { NetworkPeer } from "../../lib/definition/network-peer.ts";
import type { UnitContext, WithContext } from "../../lib/definition/workload-class.ts";
import type { KubernetesObject } from "../../lib/manifest/manifest.ts";
import { podTemplateOf, type PodTemplateDocument } from "../../lib/manifest/pod-spec.ts";
import { renderConstruct } from "../support/render-construct.ts";
import { bookshopContext } from "../support/unit-context.ts";

/** Every object that a construct renders for a unit, in the order of construction. */
export function renderUnit<P extends object>(
  construct: new (scope: Construct, id: string, props: WithContext<P>) => Construct,
  props: P,
  context: UnitContext = bookshopContext(),
): readonly KubernetesObject[] {
  return renderConstruct((scope) => new construct(scope, context.unit, { ...props, context }));
}

/** `Deployment catalogue`, one by one. */
export function titles(objects: readonly KubernetesObject[]): string[] {
  return objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
}

/** The object of that title. */
export function find(objects: readonly KubernetesObject[], title: string): KubernetesObject {
  const found = objects.find(({ kind, metadata }) => `${kind} ${metadata.name}` === title);
  if (found === undefined) throw new Error(`no ${title} among: ${titles(objects).join(", ")}`);
  return found;
}

/** The Pod template of the object of that title. */
export function podOf(objects: readonly KubernetesObject[], title: string): PodTemplateDocument {
  const template = podTemplateOf(find(objects, title));
  if (template === undefined) throw new Error(`${title} has no Pods`);
  return template;
}

/** The unit `catalogue` in a mesh of sidecars. */
export function meshContext(overrides: Partial<UnitContext> = {}): UnitContext {
  return bookshopContext({
    mesh: "sidecar",
    cluster: {
      ...bookshopContext().cluster,
      mesh: {
        mode: "sidecar",
        controlPlane: NetworkPeer.pods({ labels: { app: "istiod" }, namespace: "istio-system" }),
        ingressGateway: { namespace: "istio-ingress", labels: { istio: "ingress" } },
      },
    },
    ...overrides,
  });
}

/**
 * Expects that each prop makes a difference: without it, something else is rendered, or nothing at all.
 *
 * @param replaced - props that another one makes void
 */
export function expectEveryPropToCount<P extends object>(
  render: (props: P) => unknown,
  every: Required<P>,
  replaced: readonly (keyof P)[] = [],
): void {
  const all = JSON.stringify(render(every));
  for (const key of Object.keys(every) as (keyof P)[]) {
    let without: string;
    try {
      without = JSON.stringify(render(Object.fromEntries(Object.entries(every).filter(([name]) => name !== key)) as P));
    } catch (error) {
      without = String(error);
    }
    expect({ prop: key, counts: without !== all }).toEqual({ prop: key, counts: !replaced.includes(key) });
  }
}
