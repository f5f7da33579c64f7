import { isIn, type MutationOperator, ofContainers, ofKinds, ofPods } from "./operator.ts";
import { change, get, isNumber, isText, remove, set } from "./pointer.ts";

/** What goes well until a node, a release or a busy day comes. */
export const availabilityOperators: readonly MutationOperator[] = [
  ofContainers("ask-for-nothing", (draft, container) => remove(draft, `${container}/resources`)),
  ofContainers("ask-for-no-memory", (draft, container) => remove(draft, `${container}/resources/requests/memory`)),
  ofContainers("ask-for-more-than-the-limit", (draft, container) => {
    if (get(draft, `${container}/resources/requests/memory`) === undefined) return false;
    set(draft, `${container}/resources/limits`, { memory: "1Mi" });
    return true;
  }),
  ofContainers("never-say-ready", (draft, container) => remove(draft, `${container}/readinessProbe`)),
  ofKinds("let-no-node-be-drained", ["PodDisruptionBudget"], (draft) => {
    remove(draft, "/spec/minAvailable");
    set(draft, "/spec/maxUnavailable", 0);
    return true;
  }),
  ofKinds("have-no-budget", ["PodDisruptionBudget"], () => "deleted"),
  ofKinds("run-one-replica-in-production", ["Deployment", "StatefulSet"], (draft, manifest) => {
    return isIn("production", manifest) && change(draft, "/spec/replicas", isNumber, (replicas) => (replicas > 1 ? 1 : undefined));
  }),
  ofKinds("scale-down-to-one-in-production", ["HorizontalPodAutoscaler"], (draft, manifest) => {
    if (!isIn("production", manifest)) return false;
    set(draft, "/spec/minReplicas", 1);
    return true;
  }),
  ofKinds("have-no-autoscaler", ["HorizontalPodAutoscaler"], () => "deleted"),
  ofPods("put-all-pods-on-one-node", (draft, pod, manifest) => isIn("production", manifest) && remove(draft, `${pod}/affinity`)),
  ofKinds("let-no-rollout-proceed", ["Deployment"], (draft) => {
    set(draft, "/spec/strategy", { type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } });
    return true;
  }),
  ofKinds("never-update-by-itself", ["StatefulSet"], (draft) => {
    set(draft, "/spec/updateStrategy", { type: "OnDelete" });
    return true;
  }),
  ofContainers("give-production-less-than-staging", (draft, container, manifest) => {
    if (!isIn("production", manifest)) return false;
    return change(draft, `${container}/resources/requests/cpu`, isText, () => "1m");
  }),
  ofKinds("cut-everything-off", ["NetworkPolicy"], (draft) => {
    const [ingress, egress] = [remove(draft, "/spec/ingress"), remove(draft, "/spec/egress")];
    return ingress || egress;
  }),
  ofKinds("inject-nothing", ["Namespace"], (draft, { owner }) => {
    if (!("system" in owner) || owner.system !== "remla") return false;
    return remove(draft, "/metadata/labels/istio-injection") || remove(draft, "/metadata/labels/istio.io~1rev");
  }),
];
