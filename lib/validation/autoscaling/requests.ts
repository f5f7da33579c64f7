import { containerResources, podRequests, type ContainerResources } from "../../manifest/container-resources.ts";
import type { Manifest } from "../../manifest/manifest.ts";
import { placesOfOtherPods } from "../../manifest/pod-makers.ts";
import { podTemplateOf } from "../../manifest/pod-spec.ts";
import { placeOf, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import { containerRanges, type ContainerRange } from "../resources/container-range.ts";
import { requestedResources } from "../resources/requested-resources.ts";

/** What the containers of workloads request, with what LimitRanges fill in. */
export class Requests {
  readonly #facts: RepositoryFacts;
  readonly #ranges: ReadonlyMap<string, ContainerRange>;
  readonly #others: ReadonlySet<string>;

  constructor(facts: RepositoryFacts) {
    this.#facts = facts;
    this.#ranges = containerRanges(facts);
    this.#others = placesOfOtherPods(facts);
  }

  /** Whether all workloads of a place are rendered: no custom resource makes others. */
  knows(place: string): boolean {
    return this.#facts.declares(place) && !this.#others.has(place);
  }

  /**
   * The containers that lack a request for a resource, for a message; `undefined` where none does, or the rule of resources reports it.
   *
   * @param container - the one that is asked for; `undefined`: all that run while the Pod does
   */
  missingIn(workload: Manifest, resource: string, container: string | undefined): string | undefined {
    const template = podTemplateOf(workload.document);
    if (template === undefined) return undefined;
    const running = containerResources(template.spec).filter(({ init }) => !init);
    const asked = (entry: ContainerResources): boolean => this.#requests(workload, entry, resource);
    const forPod = podRequests(template.spec)[resource] !== undefined;
    const reported = !forPod && this.#reportsMissing(workload, resource);
    if (container !== undefined) {
      const measured = running.find(({ name }) => name === container);
      return measured !== undefined && (reported || asked(measured)) ? undefined : `container '${container}'`;
    }
    if (reported || forPod || running.every(asked)) return undefined;
    return running
      .filter((entry) => !asked(entry))
      .map(({ name }) => `container '${name}'`)
      .join(", ");
  }

  /** Whether the rule of resources asks every container there for this request. */
  #reportsMissing(workload: Manifest, resource: string): boolean {
    return requestedResources.some((requested) => requested === resource) && this.#facts.declares(placeOf(workload));
  }

  /** A limit alone is a request as well; else a LimitRange of the namespace may say one. */
  #requests(workload: Manifest, { requests, limits }: ContainerResources, resource: string): boolean {
    if (requests[resource] !== undefined || limits[resource] !== undefined) return true;
    return this.#ranges.get(placeOf(workload))?.defaultRequests[resource] !== undefined;
  }
}
