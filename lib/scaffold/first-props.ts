import type { Code } from "./code.ts";

/** What a service starts from: its construct, and props that are enough for it to run and to pass every rule. */
export interface FirstProps {
  /** The class. */
  readonly construct: string;
  /** What it is written with, by module below `lib/workload/`. */
  readonly imports: Readonly<Record<string, string>>;
  readonly props: Readonly<Record<string, Code>>;
  /** Tracks that have pins of their own, beside the stable one. @default none */
  readonly tracks?: readonly string[];
}

const resources: Code = { object: { requests: { object: { cpu: '"100m"', memory: '"128Mi"' } } } };

/** Two Pods that one lost node, or one drain, leaves one of. */
const twoPods = {
  replicas: "2",
  disruptionBudget: "DisruptionBudget.maxUnavailable(1)",
  podAntiAffinity: 'AntiAffinity.preferred("kubernetes.io/hostname")',
};
const twoPodsImports = { "disruption-budget": "DisruptionBudget", scheduling: "AntiAffinity" };

/** By what `--construct` calls it. */
export const firstProps = {
  "web-service": {
    construct: "WebService",
    imports: { ...twoPodsImports, "web-service": "WebService" },
    props: { ...twoPods, resources },
  },
  worker: {
    construct: "Worker",
    imports: { ...twoPodsImports, worker: "Worker" },
    props: { ...twoPods, resources },
  },
  "scheduled-job": {
    construct: "ScheduledJob",
    imports: { "scheduled-job": "ScheduledJob" },
    props: { schedule: '"15 3 * * *"', timeZone: '"Etc/UTC"', resources },
  },
  "stateful-service": {
    construct: "StatefulService",
    imports: { ...twoPodsImports, probe: "Probe", "stateful-service": "StatefulService" },
    props: {
      ports: { object: { http: "8080" } },
      claims: { object: { data: { object: { storage: '"10Gi"', mountPath: '"/data"' } } } },
      ...twoPods,
      readinessProbe: "Probe.tcpSocket()",
      resources,
    },
  },
  "canary-service": {
    construct: "CanaryService",
    imports: { ...twoPodsImports, "canary-service": "CanaryService" },
    props: { canaryWeight: "0", ...twoPods, resources },
    tracks: ["canary"],
  },
} as const satisfies Readonly<Record<string, FirstProps>>;

/** What `--construct` takes. */
export type ConstructName = keyof typeof firstProps;
