import { admissionName, namespaceNameLabel, policyControllerLabel } from "../../manifest/admission-names.ts";
import { textsOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { type LabelSelector, matchesLabels } from "../../manifest/label-selector.ts";
import type { Manifest } from "../../manifest/manifest.ts";
import { clusterOf, placeIn, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import type { AskedOfImages } from "./asked-of-images.ts";

const nativePolicy = "admissionregistration.k8s.io/ValidatingAdmissionPolicy";
const enginePolicy = {
  kyverno: "policies.kyverno.io/ImageValidatingPolicy",
  "policy-controller": "policy.sigstore.dev/ClusterImagePolicy",
} as const;

/** A policy that must refuse images in a namespace. */
export interface AdmissionPolicy {
  /** With its group: `policies.kyverno.io/ImageValidatingPolicy`. */
  readonly kind: string;
  readonly name: string;
}

/** The policies that a trust policy becomes, for a namespace of which this is asked. */
export function admissionPolicies({ trust, policy, cluster }: AskedOfImages): readonly AdmissionPolicy[] {
  const engine = cluster.signatureEngine;
  return [
    { kind: nativePolicy, name: admissionName.registries },
    ...(policy.digest === "required" ? [{ kind: nativePolicy, name: admissionName.digests }] : []),
    ...(engine === undefined ? [] : Object.keys(trust.signatures).map((name) => ({ kind: enginePolicy[engine], name }))),
  ];
}

/** The admission policies that are rendered. */
export class RenderedPolicies {
  readonly #facts: RepositoryFacts;
  /** By cluster and policy. */
  readonly #bindings = new Map<string, DenyingSpec[]>();

  constructor(facts: RepositoryFacts) {
    this.#facts = facts;
    for (const { owner, document } of facts.ofKind(`${nativePolicy}Binding`)) {
      const spec = fieldsOf(document.spec as DenyingSpec | undefined);
      const key = `${clusterOf(owner)} ${spec.policyName ?? ""}`;
      const known = this.#bindings.get(key);
      if (known === undefined) this.#bindings.set(key, [spec]);
      else known.push(spec);
    }
  }

  /** Where it stands on a namespace's cluster: `absent`, `elsewhere` when it does not refuse in that namespace, or `there`. */
  place({ kind, name }: AdmissionPolicy, namespace: Manifest): "absent" | "elsewhere" | "there" {
    const policy = this.#facts.find(placeIn(namespace.owner, undefined), kind, name);
    if (policy === undefined) return "absent";
    return this.#refuses(kind, policy, namespace) ? "there" : "elsewhere";
  }

  #refuses(kind: string, policy: Manifest, namespace: Manifest): boolean {
    const spec = fieldsOf(policy.document.spec as DenyingSpec | undefined);
    if (kind === enginePolicy["policy-controller"]) {
      return spec.mode === "enforce" && matchesLabels({ matchLabels: policyControllerLabel }, namespace.document.metadata.labels ?? {});
    }
    if (kind === enginePolicy.kyverno) return denies(spec) && selects(spec.matchConstraints, namespace);
    const bindings = this.#bindings.get(`${clusterOf(namespace.owner)} ${policy.document.metadata.name}`) ?? [];
    return bindings.some((binding) => denies(binding) && selects(binding.matchResources, namespace));
  }
}

/** What the specs of the three kinds, and of a binding, say of where they refuse. */
interface DenyingSpec {
  readonly policyName?: string;
  readonly validationActions?: readonly string[];
  readonly mode?: string;
  readonly matchResources?: MatchedResources;
  readonly matchConstraints?: MatchedResources;
}

interface MatchedResources {
  readonly namespaceSelector?: LabelSelector;
}

function denies({ validationActions }: DenyingSpec): boolean {
  return textsOf(validationActions).includes("Deny");
}

function selects(resources: MatchedResources | undefined, { document: { metadata } }: Manifest): boolean {
  const { namespaceSelector } = fieldsOf(resources);
  return matchesLabels(fieldsOf(namespaceSelector), { ...metadata.labels, [namespaceNameLabel]: metadata.name });
}
