/** Cases on which the API server and our rules disagree, and why that is right. */
export interface KnownDifference {
  /** Titles of cases, as `breakages.ts` makes them: `Deployment: no spec.selector`. Each must disagree; without any, the entry is out of date. */
  readonly cases: RegExp;
  /** Who refuses. */
  readonly refusedBy: "us" | "the API server";
  readonly why: string;
}

/** Everything that is known; what disagrees beside it is a mistake of ours. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    cases: /: no \S+\.preferredDuringSchedulingIgnoredDuringExecution\[\]\.preference$/,
    refusedBy: "us",
    why: "the server's schema requires it; its code takes an empty one, which prefers every node",
  },
  {
    cases: /^LimitRange: no spec\.limits$/,
    refusedBy: "us",
    why: "the server's schema requires it; its code takes a range that limits nothing",
  },
  {
    cases: /^LimitRange: no metadata(\.name)?$/,
    refusedBy: "us",
    why: "the server makes a name up, another one with every apply",
  },
  {
    cases: /: nonsense for \S+\.(containers|initContainers)\[\]\.image$/,
    refusedBy: "us",
    why: "the kubelet refuses it: InvalidImageName",
  },
  {
    cases: /^Application(Set)?: (nonsense for|a negative) \S+\.retry\.backoff\.(duration|maxDuration|factor)$/,
    refusedBy: "us",
    why: "only Argo CD reads it, at the first retry",
  },
  {
    cases: /: a negative \S+\.spec\.terminationGracePeriodSeconds$/,
    refusedBy: "us",
    why: "the server takes it for one second; `pod-consistent` calls that a mistake",
  },
  {
    cases: /^ExternalSecret: nonsense for spec\.refreshInterval$/,
    refusedBy: "us",
    why: "only the External Secrets Operator reads it, and then reconciles nothing",
  },
  {
    cases: /: a number for \S+\.(limits\.memory|limits\[\]\.default\.memory)$/,
    refusedBy: "the API server",
    why: "requests above limits: the rule `resources` compares them in workloads",
  },
  {
    cases: /^HTTPRoute: (no spec\.rules\[\]\.backendRefs\[\]\.port|nonsense for spec\.rules\[\]\.matches\[\]\.path\.value)$/,
    refusedBy: "the API server",
    why: "a rule in CEL of the CustomResourceDefinition; we compile none",
  },
  {
    cases: /^ValidatingAdmissionPolicy: (no|nonsense for) spec\.(variables|validations)\b\S*$/,
    refusedBy: "the API server",
    why: "the server compiles CEL; we do not",
  },
];
