import type { FurtherContainerProps, InitContainerProps } from "../../lib/workload/container.ts";
import type { PodProps } from "../../lib/workload/pod-template.ts";

export const sidecar: InitContainerProps = { restartPolicy: "Always" };

// @ts-expect-error: only an init container goes on running by a restart policy of its own
export const further: FurtherContainerProps = { restartPolicy: "Always" };

// @ts-expect-error: neither does one of a Pod
export const pod: PodProps = { containers: { cache: { restartPolicy: "Always" } } };

// @ts-expect-error: it goes on running, or it ends
export const onFailure: InitContainerProps = { restartPolicy: "OnFailure" };

// @ts-expect-error: ports have names
export const ports: FurtherContainerProps = { ports: [8080] };

// @ts-expect-error: images are pins, which only the CLI writes
export const image: FurtherContainerProps = { image: "registry.example/bookshop/cache:1.0.0" };

// @ts-expect-error: a ConfigMap has strings
export const config: PodProps = { config: { PAGE_SIZE: 20 } };
