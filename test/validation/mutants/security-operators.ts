import { type MutationOperator, isIn, ofContainers, ofKinds, ofPods } from "./operator.ts";
import { below, change, type Draft, get, isText, remove, set } from "./pointer.ts";

/** A token in the form that GitHub gives out; put together here, so that no scanner takes this file for a leak. */
const token = ["ghp", "R7kX2mQ9vL4tN8wB3cF6yH1jD5sG0aZpE2uK"].join("_");

const enforce = "/metadata/labels/pod-security.kubernetes.io~1enforce";

/** What opens a door. */
export const securityOperators: readonly MutationOperator[] = [
  ofContainers("run-privileged", put("securityContext/privileged", true)),
  ofContainers("allow-escalation", put("securityContext/allowPrivilegeEscalation", true)),
  ofContainers("keep-capabilities", (draft, container) => remove(draft, `${container}/securityContext/capabilities`)),
  ofContainers("add-a-capability", put("securityContext/capabilities/add", ["SYS_ADMIN"])),
  ofContainers("forget-the-security-context", (draft, container) => remove(draft, `${container}/securityContext`)),
  ofPods("run-as-root", (draft, pod) => {
    set(draft, `${pod}/securityContext/runAsUser`, 0);
    return true;
  }),
  ofPods("allow-root", (draft, pod) => remove(draft, `${pod}/securityContext/runAsNonRoot`)),
  ofPods("forget-seccomp", (draft, pod) => remove(draft, `${pod}/securityContext/seccompProfile`)),
  ofPods("use-the-network-of-the-node", (draft, pod) => {
    set(draft, `${pod}/hostNetwork`, true);
    return true;
  }),
  ofPods("use-the-processes-of-the-node", (draft, pod) => {
    set(draft, `${pod}/hostPID`, true);
    return true;
  }),
  ofPods("use-a-folder-of-the-node", (draft, pod) => {
    set(draft, `${pod}/volumes`, [...((get(draft, `${pod}/volumes`) ?? []) as unknown[]), { name: "node", hostPath: { path: "/" } }]);
    return true;
  }),
  ofContainers("use-a-port-of-the-node", (draft, container) => {
    if (get(draft, `${container}/ports/0`) === undefined) return false;
    set(draft, `${container}/ports/0/hostPort`, 8080);
    return true;
  }),
  ofPods("take-a-token", (draft, pod) => {
    set(draft, `${pod}/automountServiceAccountToken`, true);
    return true;
  }),
  ofKinds("give-a-token", ["ServiceAccount"], (draft) => remove(draft, "/automountServiceAccountToken")),
  ofContainers("run-a-tag-that-moves", (draft, container) =>
    change(draft, `${container}/image`, isText, (image) => image.replace(/:[^:@/]+(?:@.*)?$/, ":latest")),
  ),
  ofContainers("run-no-tag", (draft, container) => change(draft, `${container}/image`, isText, (image) => image.replace(/:[^/]+$/, ""))),
  ofContainers(
    "run-production-without-a-digest",
    (draft, container, manifest) =>
      isIn("production", manifest) && change(draft, `${container}/image`, isText, (image) => image.replace(/@.*$/, "")),
  ),
  ofContainers("run-an-image-from-elsewhere", (draft, container) =>
    change(draft, `${container}/image`, isText, (image) => `docker.io/library/${image.slice(image.lastIndexOf("/") + 1)}`),
  ),
  ofContainers("run-an-image-from-a-registry-that-looks-alike", (draft, container) =>
    change(draft, `${container}/image`, isText, (image) => image.replace(/^([^/]+\/[^/]+)/, "$1-evil")),
  ),
  ofContainers("write-a-token-into-the-environment", (draft, container) => {
    set(draft, `${container}/env`, [...((get(draft, `${container}/env`) ?? []) as unknown[]), { name: "GITHUB", value: token }]);
    return true;
  }),
  ofContainers("write-a-password-into-the-environment", (draft, container) => {
    const entry = { name: "DATABASE_PASSWORD_2", value: "correct-horse-7" };
    set(draft, `${container}/env`, [...((get(draft, `${container}/env`) ?? []) as unknown[]), entry]);
    return true;
  }),
  ofKinds("write-a-token-into-a-config-map", ["ConfigMap"], (draft) => {
    set(draft, "/data/note", `use ${token}`);
    return true;
  }),
  ofKinds("commit-the-secret-itself", ["ExternalSecret"], (draft) => {
    Object.assign(draft, { apiVersion: "v1", kind: "Secret", stringData: { password: "correct-horse-7" } });
    return remove(draft, "/spec");
  }),
  ofKinds("enforce-nothing", ["Namespace"], (draft) => remove(draft, enforce)),
  ofKinds("enforce-less", ["Namespace"], (draft) => change(draft, enforce, isText, () => "privileged")),
  ofKinds("open-every-door", ["NetworkPolicy"], (draft, { document }) => {
    if (below(document, "/spec/podSelector").length > 0) return false;
    set(draft, "/spec/ingress", [{}]);
    set(draft, "/spec/egress", [{}]);
    return true;
  }),
  ofKinds("open-a-port-on-every-node", ["Service"], (draft) => {
    if (get(draft, "/spec/clusterIP") === "None") return false;
    set(draft, "/spec/type", "NodePort");
    return true;
  }),
  ofKinds("take-an-address-of-others", ["Service"], (draft) => {
    set(draft, "/spec/externalIPs", ["203.0.113.7"]);
    return true;
  }),
];

function put(field: string, value: unknown): (draft: Draft, container: string) => boolean {
  return (draft, container) => {
    set(draft, `${container}/${field}`, value);
    return true;
  };
}
