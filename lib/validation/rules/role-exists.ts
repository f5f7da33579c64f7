import { entriesOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { clusterOf, placeIn, placeOf, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import { missingHint } from "../missing-hint.ts";
import type { Finding, Rule } from "../rule.ts";

/** What RoleBindings and ClusterRoleBindings say. @see https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/role-binding-v1/ */
interface BindingFields {
  readonly roleRef?: { readonly kind?: string; readonly name?: string };
  readonly subjects?: readonly Subject[];
}

interface Subject {
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
}

const group = "rbac.authorization.k8s.io";

/** ClusterRoles that every cluster has, beside those whose names begin with `system:`. @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles */
const givenRoles: ReadonlySet<string> = new Set(["cluster-admin", "admin", "edit", "view"]);

/** Kubernetes makes this one in every namespace. */
const givenAccount = "default";

/** A binding to a role or account that is not there grants nothing, and whoever needs it is refused at run time. */
export const roleExists: Rule = {
  id: "role-exists",
  severity: "error",
  subject: "references",
  title: "Every binding binds a role that exists to ServiceAccounts that exist.",
  reason: "A binding to a role or account that is not there grants nothing, and whoever needs it is refused at run time.",
  fix: "Render the role or the ServiceAccount, or mend the name.",
  needs: "manifests",
  check: (facts) => [
    ...facts.ofKind(`${group}/RoleBinding`).flatMap((binding) => findingsOf(facts, binding)),
    ...facts.ofKind(`${group}/ClusterRoleBinding`).flatMap((binding) => findingsOf(facts, binding)),
  ],
};

function findingsOf(facts: RepositoryFacts, binding: Manifest): Finding[] {
  const { roleRef, subjects } = binding.document as BindingFields;
  const accounts = entriesOf(subjects).filter(({ kind }) => kind === "ServiceAccount");
  return [
    roleFinding(facts, binding, fieldsOf(roleRef), accounts),
    ...accounts.map((account) => accountFinding(facts, binding, account)),
  ].filter((finding) => finding !== undefined);
}

function roleFinding(
  facts: RepositoryFacts,
  binding: Manifest,
  { kind, name }: NonNullable<BindingFields["roleRef"]>,
  accounts: readonly Subject[],
): Finding | undefined {
  if (typeof name !== "string") return undefined;
  const says = `${objectName(binding.document)} binds ${kind ?? ""} '${name}'`;
  if (kind === "Role" && binding.document.kind === "ClusterRoleBinding") {
    const hint = "bind a ClusterRole, or make it a RoleBinding in the namespace of the Role";
    return { message: `${says}, but only ClusterRoles can be bound for the whole cluster`, hint, manifest: binding };
  }
  const found = (place: string): boolean => facts.find(place, `${group}/${kind ?? ""}`, name) !== undefined;
  if (kind === "Role") {
    const place = placeOf(binding);
    if (found(place) || !facts.declares(place)) return undefined;
    const hint = missingHint("render it beside the binding", name, facts.namesIn(place, `${group}/Role`));
    return { message: `${says}, which nothing makes in '${binding.document.metadata.namespace ?? ""}'`, hint, manifest: binding };
  }
  const cluster = placeIn(binding.owner, undefined);
  if (kind !== "ClusterRole" || found(cluster) || givenRoles.has(name) || name.startsWith("system:")) return undefined;
  if (!isForDeclared(facts, binding, accounts)) return undefined;
  const hint = missingHint("render it", name, [...facts.namesIn(cluster, `${group}/ClusterRole`), ...givenRoles]);
  return { message: `${says}, which nothing makes on cluster '${clusterOf(binding.owner)}'`, hint, manifest: binding };
}

/** Whether a binding is for somebody of a namespace that the repository declares: others bind what a chart or the provider made. */
function isForDeclared(facts: RepositoryFacts, binding: Manifest, accounts: readonly Subject[]): boolean {
  if (binding.document.kind === "RoleBinding") return facts.declares(placeOf(binding));
  return accounts.some(({ namespace }) => facts.declares(placeIn(binding.owner, namespace)));
}

function accountFinding(facts: RepositoryFacts, binding: Manifest, subject: Subject): Finding | undefined {
  // in a RoleBinding it is the binding's own unless it is said
  const { name, namespace = binding.document.metadata.namespace } = subject;
  // elsewhere it has no default: the rule of formats says so
  if (typeof name !== "string" || namespace === undefined) return undefined;
  const says = `${objectName(binding.document)} is for ServiceAccount '${name}'`;
  const place = placeIn(binding.owner, namespace);
  if (name === givenAccount || !facts.declares(place) || facts.find(place, "ServiceAccount", name) !== undefined) return undefined;
  const hint = missingHint("render the ServiceAccount", name, facts.namesIn(place, "ServiceAccount"));
  return { message: `${says}, which nothing makes in '${namespace}'`, hint, manifest: binding };
}
