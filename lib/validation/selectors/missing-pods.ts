import { isEmptySelector, type LabelSelector } from "../../manifest/label-selector.ts";
import type { Manifest } from "../../manifest/manifest.ts";
import { placesOfOtherPods } from "../../manifest/pod-makers.ts";
import type { RepositoryFacts } from "../../manifest/repository-facts.ts";
import { nearestLabels } from "../ports/nearest-labels.ts";
import type { Finding } from "../rule.ts";

/** Judges selectors of Pods; silent wherever there may be Pods that nobody here knows. */
export class MissingPods {
  readonly facts: RepositoryFacts;
  readonly #others: ReadonlySet<string>;

  constructor(facts: RepositoryFacts) {
    this.facts = facts;
    this.#others = placesOfOtherPods(facts);
  }

  /** Whether all Pods of a place are known. */
  knows(place: string): boolean {
    return this.facts.declares(place) && !this.#others.has(place);
  }

  /**
   * The finding for a selector that takes no Pod in any of these places, each of which is known; `undefined` where it takes one.
   *
   * @param selector - `undefined` takes no Pod; an empty one every Pod, also where there is none yet
   * @param message - put together only when it is needed
   */
  findingOf(
    manifest: Manifest,
    places: readonly string[],
    selector: LabelSelector | undefined,
    message: () => string,
  ): Finding | undefined {
    if (!places.every((place) => this.knows(place))) return undefined;
    if (selector === undefined)
      return { message: message(), hint: "say the labels of the Pods: without a selector it takes none", manifest };
    if (isEmptySelector(selector) || places.some((place) => this.facts.pods.select(place, selector).length > 0)) return undefined;
    const candidates = places.flatMap((place) => this.facts.pods.labelsIn(place));
    return { message: message(), hint: nearestLabels("Pod", selector, candidates), manifest };
  }
}
