import { type Mutant, mutantName } from "./run-mutants.ts";

/** Mutants that no rule sees, and why that is right. */
export interface Explanation {
  readonly operator: string;
  /** Which of the operator's survivors it is for, by what {@link mutantName} says of them. */
  readonly objects: RegExp;
  readonly why: string;
}

/** What survives, and why. */
export const explanations: readonly Explanation[] = [
  {
    operator: "misspell-the-deepest-field",
    objects: /: ApplicationSet /,
    why: "the elements of a list generator have no fixed fields; the construct expands the set, and fails on a key that its template lacks",
  },
  {
    operator: "write-the-name-in-upper-case",
    objects: /: PodDisruptionBudget /,
    why: "the API server holds the name of a budget to no form, and nothing names one",
  },
  {
    operator: "rename-an-object",
    objects: /: ExternalSecret /,
    why: "what it makes has a name of its own, under target",
  },
  {
    operator: "rename-an-object",
    objects: /: (Deployment|DestinationRule|Service) /,
    why: "nothing names it: Pods are found by their labels, and a rule of traffic by its host",
  },
  {
    operator: "rename-an-object",
    objects: /: StatefulSet /,
    why: "its claims go by its name, but only what is live knows of them: that is for a review of the change",
  },
  {
    operator: "rename-an-object",
    objects: /: ConfigMap argocd\//,
    why: "Argo CD finds its settings by name, and the bootstrap has made them: what is missing in Git stays as it is",
  },
  {
    operator: "delete-an-object",
    objects: /: ConfigMap argocd\//,
    why: "the bootstrap has made Argo CD's settings, and the platform's Applications prune nothing: they stay as they are",
  },
  {
    operator: "lose-weight",
    objects: /: VirtualService /,
    why: "the first route leads to one destination, which gets everything whatever its weight",
  },
  {
    operator: "forget-where-the-object-lives",
    objects: /: ConfigMap argocd\//,
    why: "its Application's destination is that very namespace",
  },
  {
    operator: "fix-the-replicas-of-an-autoscaled-workload",
    objects: /: Deployment remla-\w+\/[\w-]+-canary$/,
    why: "no autoscaler scales the canary",
  },
  {
    operator: "ignore-what-a-sync-undoes",
    objects: /: Application argocd\/shop-/,
    why: "the Deployments are autoscaled: Git says no replicas that a sync could put back",
  },
  {
    operator: "ask-for-no-memory",
    objects: /: (Deployment|StatefulSet) /,
    why: "they have a memory limit, and ask for as much where they ask for nothing",
  },
  {
    operator: "put-all-pods-on-one-node",
    objects: /: Deployment remla-production\/[\w-]+-canary$/,
    why: "the canary is one Pod",
  },
  {
    operator: "have-no-autoscaler",
    objects: /: HorizontalPodAutoscaler shop-(dev|staging)\//,
    why: "outside of production one Pod is enough, which is what a Deployment without replicas has",
  },
];

/** The explanation of a survivor, if there is one. */
export function explanationOf(mutant: Mutant): Explanation | undefined {
  return explanations.find(({ operator, objects }) => operator === mutant.operator && objects.test(mutantName(mutant)));
}
