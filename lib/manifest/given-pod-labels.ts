/**
 * Labels that controllers of Kubernetes put on the Pods they make; no template has them.
 * @see https://kubernetes.io/docs/reference/labels-annotations-taints/
 */
export const givenPodLabels: ReadonlySet<string> = new Set([
  "apps.kubernetes.io/pod-index",
  "batch.kubernetes.io/controller-uid",
  "batch.kubernetes.io/job-completion-index",
  "batch.kubernetes.io/job-name",
  "controller-revision-hash",
  "controller-uid",
  "job-name",
  "pod-template-generation",
  "pod-template-hash",
  "statefulset.kubernetes.io/pod-name",
]);
