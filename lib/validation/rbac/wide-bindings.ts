import { objectName, type Manifest } from "../../manifest/manifest.ts";
import type { RepositoryFacts } from "../../manifest/repository-facts.ts";
import { roleBindings, roleOf, subjectsOf } from "../../manifest/role-binding.ts";
import type { Finding } from "../rule.ts";

/** Subjects that nobody can count. @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/ */
const everybody: ReadonlyMap<string, string> = new Map([
  ["Group system:masters", "whom no role limits, and whose certificates nobody can take back"],
  ["Group system:authenticated", "which is every Pod and person of the cluster"],
  ["Group system:serviceaccounts", "which is every Pod of the cluster"],
  ["Group system:unauthenticated", "which is whoever reaches the API server"],
  ["User system:anonymous", "which is whoever reaches the API server"],
]);

/** Bindings of everything, and bindings to everybody. */
export function findWideBindings(facts: RepositoryFacts): Finding[] {
  return roleBindings(facts).flatMap((manifest) => [...boundAdmin(manifest), ...boundToEverybody(manifest)]);
}

function boundAdmin(manifest: Manifest): Finding[] {
  const { kind, name } = roleOf(manifest);
  if (kind !== "ClusterRole" || name !== "cluster-admin") return [];
  const reach = manifest.document.kind === "RoleBinding" ? "its namespace" : "the cluster";
  return [
    {
      message: `${objectName(manifest.document)} binds 'cluster-admin': its subjects may do everything in ${reach}`,
      hint: "bind a role that names what they need",
      manifest,
    },
  ];
}

function boundToEverybody(manifest: Manifest): Finding[] {
  return subjectsOf(manifest).flatMap(({ kind = "", name = "" }) => {
    const who = everybody.get(`${kind} ${name}`);
    if (who === undefined) return [];
    const message = `${objectName(manifest.document)} gives '${roleOf(manifest).name ?? ""}' to '${name}', ${who}`;
    return [{ message, hint: "name the ServiceAccounts or the group of people that are meant", manifest }];
  });
}
