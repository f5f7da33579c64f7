/** What images run in: Pods, the containers that are added to them later, and whatever makes Pods. */
export const runningImages = [
  rule("", ["pods", "pods/ephemeralcontainers"]),
  rule("apps", ["daemonsets", "deployments", "replicasets", "statefulsets"]),
  rule("batch", ["cronjobs", "jobs"]),
];

/**
 * A CEL expression for all images of one of {@link runningImages}: of every sort of container, and of volumes that are images.
 *
 * @param object - `object` or `oldObject`
 */
export function imagesOf(object: string): string {
  // one expression for several kinds: the API server would check its types against each of them, were it not for `dyn`
  return `[
  ${object}.kind == 'Pod' ? dyn(${object}).spec
  : ${object}.kind == 'CronJob' ? dyn(${object}).spec.jobTemplate.spec.template.spec
  : dyn(${object}).spec.template.spec
].map(pod,
  (pod.containers + pod.?initContainers.orValue([]) + pod.?ephemeralContainers.orValue([]))
    .map(container, container.?image.orValue(''))
  + pod.?volumes.orValue([]).filter(volume, has(volume.image)).map(volume, volume.image.?reference.orValue(''))
)[0]`;
}

function rule(group: string, resources: readonly string[]): object {
  return { apiGroups: [group], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources, scope: "Namespaced" };
}
