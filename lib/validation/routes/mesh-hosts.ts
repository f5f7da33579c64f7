import { entriesOf, textsOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import type { Labels } from "../../manifest/label-selector.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { clusterOf, placeIn, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import { fullHost, serviceOfHost, shortenedHost } from "../../manifest/service-host.ts";
import { missingHint } from "../missing-hint.ts";
import type { Finding } from "../rule.ts";

/** @see https://istio.io/latest/docs/reference/config/networking/destination-rule/ */
export interface DestinationRuleSpec {
  readonly host?: string;
  readonly subsets?: readonly Subset[];
}

/** Some Pods of a host, by labels that they have beside those of its Service. */
export interface Subset {
  readonly name?: string;
  readonly labels?: Labels;
}

/** What a host of an object is: the rendered Service, a finding where there should be one, or neither where that cannot be told. */
export interface JudgedHost {
  /** The whole name, by which DestinationRules and routes meet. */
  readonly full: string;
  readonly service?: Manifest;
  readonly finding?: Finding;
}

/** The hosts that a mesh knows: Services, and what ServiceEntries add. */
export class MeshHosts {
  readonly #facts: RepositoryFacts;
  readonly #added = new Set<string>();
  /** By cluster and host, the subsets of all DestinationRules for it. */
  readonly #subsets = new Map<string, Set<string>>();

  constructor(facts: RepositoryFacts) {
    this.#facts = facts;
    for (const { document, owner } of facts.ofKind("networking.istio.io/ServiceEntry")) {
      const { hosts } = fieldsOf(document.spec as { readonly hosts?: readonly string[] } | undefined);
      for (const host of textsOf(hosts)) this.#added.add(`${clusterOf(owner)} ${host}`);
    }
    for (const rule of facts.ofKind("networking.istio.io/DestinationRule")) {
      const { host, subsets } = fieldsOf(rule.document.spec as DestinationRuleSpec | undefined);
      if (typeof host !== "string") continue;
      const key = keyOf(rule, host);
      const known = this.#subsets.get(key) ?? new Set();
      for (const { name } of entriesOf(subsets)) if (name !== undefined) known.add(name);
      this.#subsets.set(key, known);
    }
  }

  /** The subsets that DestinationRules make of a host. */
  subsetsOf(manifest: Manifest, host: string): ReadonlySet<string> {
    return this.#subsets.get(keyOf(manifest, host)) ?? new Set();
  }

  /** @param verb - what the object does with the host: `routes to` */
  judge(manifest: Manifest, host: string, verb: string): JudgedHost {
    const { namespace: own = "" } = manifest.document.metadata;
    const target = serviceOfHost(host, own);
    if (target === undefined) return this.#shortened(manifest, host, verb);
    const full = fullHost(target);
    const { service: name, namespace } = target;
    const place = placeIn(manifest.owner, namespace);
    const service = this.#facts.find(place, "Service", name);
    if (service !== undefined) return { full, service };
    if (!this.#facts.declares(place) || this.#added.has(`${clusterOf(manifest.owner)} ${full}`)) return { full };
    const message = `${objectName(manifest.document)} ${verb} Service '${name}', which nothing makes in '${namespace}'`;
    const hint = missingHint("give it a service that serves a port", name, this.#facts.namesIn(place, "Service"));
    return { full, finding: { message, hint, manifest } };
  }

  /** A name that is neither whole nor short is an address outside to Istio; a Service of that name was meant. */
  #shortened(manifest: Manifest, host: string, verb: string): JudgedHost {
    const meant = shortenedHost(host);
    if (meant === undefined || this.#facts.find(placeIn(manifest.owner, meant.namespace), "Service", meant.service) === undefined) {
      return { full: host };
    }
    const message = `${objectName(manifest.document)} ${verb} '${host}', which Istio takes for an address outside the cluster`;
    return { full: host, finding: { message, hint: `write the whole name: '${fullHost(meant)}'`, manifest } };
  }
}

function keyOf({ owner, document }: Manifest, host: string): string {
  const target = serviceOfHost(host, document.metadata.namespace ?? "");
  return `${clusterOf(owner)} ${target === undefined ? host : fullHost(target)}`;
}
