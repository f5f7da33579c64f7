import type { k8s } from "cdk8s-plus-28";

/**
 * The Secrets that the containers of a Pod read as environment variables or mount, in alphabetical order: what has to restart when one rotates.
 */
export function secretsReadBy(pod: k8s.PodSpec): string[] {
  const names = new Set<string>();
  for (const container of [...pod.containers, ...(pod.initContainers ?? [])]) {
    for (const variable of container.env ?? []) add(names, variable.valueFrom?.secretKeyRef?.name);
    for (const source of container.envFrom ?? []) add(names, source.secretRef?.name);
  }
  for (const volume of pod.volumes ?? []) add(names, volume.secret?.secretName);
  return [...names].sort();
}

/**
 * Tells Stakater Reloader to roll a workload when one of these Secrets changes. Its `annotations` strategy writes an annotation into the Pod
 * template, which Argo CD does not take for drift; the default strategy adds an environment variable, which it does.
 * @see https://docs.stakater.com/reloader/
 */
export function reloadAnnotations(secrets: readonly string[]): Record<string, string> {
  return secrets.length === 0 ? {} : { "secret.reloader.stakater.com/reload": secrets.join(",") };
}

function add(names: Set<string>, name: string | undefined): void {
  if (name !== undefined) names.add(name);
}
