import { entriesOf } from "./entries-of.ts";
import { fieldsOf } from "./fields-of.ts";
import type { KubernetesObject, Manifest } from "./manifest.ts";
import type { RepositoryFacts } from "./repository-facts.ts";

/** Whom a binding gives rights to. @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects */
export interface SubjectDocument {
  readonly kind?: string;
  readonly name?: string;
  /** Of ServiceAccounts. */
  readonly namespace?: string;
}

/** Whose rights a binding gives. */
export interface RoleReference {
  readonly kind?: string;
  readonly name?: string;
}

interface BindingDocument extends KubernetesObject {
  readonly subjects?: readonly SubjectDocument[];
  readonly roleRef?: RoleReference;
}

/** Every RoleBinding and ClusterRoleBinding. */
export function roleBindings(facts: RepositoryFacts): readonly Manifest[] {
  return [...facts.ofKind("rbac.authorization.k8s.io/RoleBinding"), ...facts.ofKind("rbac.authorization.k8s.io/ClusterRoleBinding")];
}

/** Whom a binding is for. */
export function subjectsOf({ document }: Manifest): readonly SubjectDocument[] {
  return entriesOf((document as BindingDocument).subjects);
}

/** What a binding gives. */
export function roleOf({ document }: Manifest): RoleReference {
  return fieldsOf((document as BindingDocument).roleRef);
}
