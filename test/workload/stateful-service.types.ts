import type { ClaimProps, StatefulServiceProps } from "../../lib/workload/stateful-service.ts";

export const claim: ClaimProps = { storage: "1Gi", mountPath: "/data" };

// @ts-expect-error: a stateful service is called by ports
export const portless: StatefulServiceProps = { claims: { data: claim } };

// @ts-expect-error: a claim has a place in the container
export const unmounted: ClaimProps = { storage: "1Gi" };

// @ts-expect-error: a StatefulSet is not scaled by load
export const scaled: StatefulServiceProps = { ports: { postgresql: 5432 }, autoscaling: { minReplicas: 1, maxReplicas: 2, cpu: 70 } };
