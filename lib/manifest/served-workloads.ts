import { fieldsOf } from "./fields-of.ts";
import { isEmptySelector, type Labels } from "./label-selector.ts";
import type { Manifest } from "./manifest.ts";
import { placeOf, type RepositoryFacts, type WorkloadFact } from "./repository-facts.ts";

interface ServiceSpec {
  readonly selector?: Labels;
}

const known = new WeakMap<RepositoryFacts, ServedWorkloads>();

/** The workloads that each Service leads to, and the other way round; worked out once for a repository. */
export class ServedWorkloads {
  readonly services: ReadonlyMap<Manifest, readonly WorkloadFact[]>;
  readonly #byWorkload = new Map<WorkloadFact, Manifest[]>();

  private constructor(facts: RepositoryFacts) {
    const services = new Map<Manifest, readonly WorkloadFact[]>();
    for (const service of facts.ofKind("Service")) {
      const { selector: matchLabels = {} } = fieldsOf(service.document.spec as ServiceSpec | undefined);
      // somebody else keeps the endpoints of a Service without a selector
      const workloads = isEmptySelector({ matchLabels }) ? [] : facts.pods.select(placeOf(service), { matchLabels });
      services.set(service, workloads);
      for (const workload of workloads) {
        const others = this.#byWorkload.get(workload);
        if (others === undefined) this.#byWorkload.set(workload, [service]);
        else others.push(service);
      }
    }
    this.services = services;
  }

  static in(facts: RepositoryFacts): ServedWorkloads {
    const served = known.get(facts) ?? new ServedWorkloads(facts);
    known.set(facts, served);
    return served;
  }

  /** The Services that lead to a workload. */
  servicesOf(workload: WorkloadFact): readonly Manifest[] {
    return this.#byWorkload.get(workload) ?? [];
  }
}
