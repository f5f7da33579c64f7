import { entriesOf, textsOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { objectName, type KubernetesObject, type Manifest } from "../../manifest/manifest.ts";
import { clusterOf, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import { roleBindings, roleOf } from "../../manifest/role-binding.ts";
import { asWarning } from "../as-warning.ts";
import type { Finding } from "../rule.ts";

const group = "rbac.authorization.k8s.io";

const aggregation = `${group}/aggregate-to-`;

const lists = ["apiGroups", "resources", "verbs", "nonResourceURLs"] as const;

/** Verbs that give more than their resource, and whether a list of names bounds them. @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/ */
const risingVerbs: ReadonlyMap<string, { readonly boundByNames: boolean; readonly power: string }> = new Map([
  ["escalate", { boundByNames: false, power: "write rights into roles that they have not themselves" }],
  ["bind", { boundByNames: true, power: "give themselves every role" }],
  ["impersonate", { boundByNames: true, power: "act as anybody" }],
]);

/** Subresources by which somebody is in the Pods of others, or has their identity. */
const openDoors: ReadonlyMap<string, string> = new Map([
  ["nodes/proxy", "run programs in every Pod of a node"],
  ["pods/exec", "run programs in Pods, with their identity and Secrets"],
  ["pods/attach", "talk to the programs in Pods, with their identity and Secrets"],
  ["pods/ephemeralcontainers", "put containers into Pods, with their identity and Secrets"],
  ["serviceaccounts/token", "take the identity of every ServiceAccount"],
]);

/** What a Role or ClusterRole says. @see https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/role-v1/ */
interface RoleDocument extends KubernetesObject {
  readonly rules?: readonly PolicyRule[];
}

interface PolicyRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

type Problem = Pick<Finding, "message" | "hint">;

/** Roles and ClusterRoles that give more than anybody can say the end of. */
export function findWideRoles(facts: RepositoryFacts): Finding[] {
  const isForNamespaces = rolesForNamespaces(facts);
  return [...facts.ofKind(`${group}/Role`), ...facts.ofKind(`${group}/ClusterRole`)].flatMap((manifest) => {
    const name = objectName(manifest.document);
    const isClusterWide = manifest.document.kind === "ClusterRole" && !isForNamespaces(manifest);
    const problems = entriesOf((manifest.document as RoleDocument).rules).flatMap((rule, index) =>
      problemsOf(rule, `rules[${index}]`, isClusterWide),
    );
    const findings: Finding[] = problems.map(({ message, ...others }) => ({ message: `${name} ${message}`, ...others, manifest }));
    return [...findings, ...aggregated(manifest)];
  });
}

function problemsOf(rule: PolicyRule, path: string, isClusterWide: boolean): Problem[] {
  const open = lists.filter((list) => textsOf(rule[list]).some((entry) => entry === "*" || entry === "/*" || entry.startsWith("*/")));
  if (open.length > 0) {
    return [{ message: `has '*' in ${path}: ${open.join(", ")}`, hint: "name the groups, resources and verbs that are needed" }];
  }
  const problems: Problem[] = [];
  const isBound = textsOf(rule.resourceNames).length > 0;
  for (const verb of textsOf(rule.verbs)) {
    const rising = risingVerbs.get(verb);
    if (rising === undefined || (rising.boundByNames && isBound)) continue;
    const hint = rising.boundByNames ? "take it out, or name whom or what it is for under resourceNames" : "take it out";
    problems.push({ message: `has the verb '${verb}' in ${path}: whoever it is bound to may ${rising.power}`, hint });
  }
  for (const resource of textsOf(rule.resources)) {
    const power = openDoors.get(resource);
    if (power === undefined || isBound) continue;
    problems.push({ message: `has '${resource}' in ${path}: whoever it is bound to may ${power}`, hint: "take it out" });
  }
  if (isClusterWide && !isBound && readsSecrets(rule)) {
    problems.push({
      message: `reads every Secret of the cluster by ${path}`,
      hint: "bind it in the namespaces that are meant, by RoleBindings; or name the Secrets under resourceNames",
    });
  }
  return problems;
}

function readsSecrets({ apiGroups, resources, verbs }: PolicyRule): boolean {
  const reading = textsOf(verbs).some((verb) => verb === "get" || verb === "list" || verb === "watch");
  return reading && textsOf(apiGroups).includes("") && textsOf(resources).includes("secrets");
}

/** Whether a ClusterRole is bound in namespaces, and nowhere for the whole cluster. */
function rolesForNamespaces(facts: RepositoryFacts): (role: Manifest) => boolean {
  const [somewhere, everywhere] = [new Set<string>(), new Set<string>()];
  for (const binding of roleBindings(facts)) {
    const { kind, name = "" } = roleOf(binding);
    if (kind === "ClusterRole") {
      (binding.document.kind === "RoleBinding" ? somewhere : everywhere).add(`${clusterOf(binding.owner)} ${name}`);
    }
  }
  return ({ owner, document }) => {
    const key = `${clusterOf(owner)} ${document.metadata.name}`;
    return somewhere.has(key) && !everywhere.has(key);
  };
}

/** An operator does this on purpose, so that people may handle its resources; a service hardly ever does. */
function aggregated(manifest: Manifest): Finding[] {
  return Object.entries(fieldsOf(manifest.document.metadata.labels))
    .filter(([key, value]) => key.startsWith(aggregation) && value === "true")
    .map(([key]) =>
      asWarning({
        message: `${objectName(manifest.document)} gives its rights to everybody who has the ClusterRole '${key.slice(aggregation.length)}'`,
        hint: `take the label '${key}' out, and bind the role to those who need it`,
        manifest,
      }),
    );
}
