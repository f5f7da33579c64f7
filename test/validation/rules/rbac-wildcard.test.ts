import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../../lib/manifest/repository-facts.ts";
import { rbacWildcard } from "../../../lib/validation/rules/rbac-wildcard.ts";
import { manifest, platform, reported, unitOf } from "../../support/manifests.ts";

const apiVersion = "rbac.authorization.k8s.io/v1";
const name = "ClusterRole catalogue";

function clusterRole(rule: object, labels: Readonly<Record<string, string>> = {}): Manifest {
  return manifest({ apiVersion, kind: "ClusterRole", metadata: { namespace: undefined, labels }, rules: [rule] }, platform);
}

function binding(
  kind: "RoleBinding" | "ClusterRoleBinding",
  subject: object = { kind: "ServiceAccount", name: "catalogue" },
  role: object = {},
): Manifest {
  const metadata = kind === "ClusterRoleBinding" ? { namespace: undefined } : {};
  const roleRef = { kind: "ClusterRole", name: "catalogue", ...role };
  return manifest({ apiVersion, kind, metadata, subjects: [subject], roleRef }, platform);
}

const reader = { apiGroups: [""], resources: ["pods", "configmaps"], verbs: ["get", "list", "watch"] };
const secrets = { ...reader, resources: ["configmaps", "secrets"] };
const everySecret = `${name} reads every Secret of the cluster by rules[0]\nhint: bind it in the namespaces that are meant, by RoleBindings; or name the Secrets under resourceNames`;

describe("rbac-wildcard: roles", () => {
  test.each<readonly [title: string, manifests: readonly Manifest[]]>([
    ["a role that names what it allows", [clusterRole(reader)]],
    ["an aggregating label that says no", [clusterRole(reader, { "rbac.authorization.k8s.io/aggregate-to-view": "false" })]],
    ["a role without rules", [manifest({ apiVersion, kind: "Role" })]],
    ["roles that may be bound, by name", [clusterRole({ resources: ["clusterroles"], verbs: ["bind"], resourceNames: ["view"] })]],
    ["people who may be acted as, by name", [clusterRole({ resources: ["users"], verbs: ["impersonate"], resourceNames: ["jane"] })]],
    ["one Pod that may be entered", [clusterRole({ resources: ["pods/exec"], verbs: ["create"], resourceNames: ["database-0"] })]],
    ["Secrets by name", [clusterRole({ ...secrets, resourceNames: ["catalogue"] })]],
    ["Secrets that are written and not read", [clusterRole({ ...secrets, verbs: ["create", "patch"] })]],
    ["another group's secrets", [clusterRole({ ...secrets, apiGroups: ["vault.example"] })]],
    ["Secrets of the namespaces where it is bound", [clusterRole(secrets), binding("RoleBinding")]],
    ["Secrets of a Role's own namespace", [manifest({ apiVersion, kind: "Role", rules: [secrets] })]],
  ])("lets %s pass", (_, manifests) => {
    expect(reported(rbacWildcard, manifests)).toEqual([]);
  });

  test.each<readonly [title: string, rule: object, fields: string]>([
    ["every verb", { ...reader, verbs: ["get", "*"] }, "verbs"],
    ["every resource of a group", { ...reader, resources: ["*"] }, "resources"],
    ["a subresource of everything", { ...reader, resources: ["*/scale"] }, "resources"],
    ["every group", { ...reader, apiGroups: ["*"] }, "apiGroups"],
    ["every path", { nonResourceURLs: ["/*"], verbs: ["get"] }, "nonResourceURLs"],
    ["everything, once", { apiGroups: ["*"], resources: ["*"], verbs: ["*"] }, "apiGroups, resources, verbs"],
  ])("reports %s", (_, rule, fields) => {
    expect(reported(rbacWildcard, [clusterRole(rule)])).toEqual([
      `${name} has '*' in rules[0]: ${fields}\nhint: name the groups, resources and verbs that are needed`,
    ]);
  });

  test("reports a Role too, and says which of its rules", () => {
    expect(reported(rbacWildcard, [manifest({ apiVersion, kind: "Role", rules: [reader, { ...reader, verbs: ["*"] }] })])).toEqual([
      "Role bookshop-dev/catalogue has '*' in rules[1]: verbs\nhint: name the groups, resources and verbs that are needed",
    ]);
  });

  test.each([
    ["bind", "give themselves every role", "take it out, or name whom or what it is for under resourceNames", []],
    ["impersonate", "act as anybody", "take it out, or name whom or what it is for under resourceNames", []],
    ["escalate", "write rights into roles that they have not themselves", "take it out", ["catalogue"]],
  ])("reports the verb %s", (verb, power, hint, resourceNames) => {
    expect(reported(rbacWildcard, [clusterRole({ resources: ["clusterroles"], verbs: ["get", verb], resourceNames })])).toEqual([
      `${name} has the verb '${verb}' in rules[0]: whoever it is bound to may ${power}\nhint: ${hint}`,
    ]);
  });

  test.each([
    ["nodes/proxy", "run programs in every Pod of a node"],
    ["pods/exec", "run programs in Pods, with their identity and Secrets"],
    ["pods/attach", "talk to the programs in Pods, with their identity and Secrets"],
    ["pods/ephemeralcontainers", "put containers into Pods, with their identity and Secrets"],
    ["serviceaccounts/token", "take the identity of every ServiceAccount"],
  ])("reports %s", (resource, power) => {
    expect(reported(rbacWildcard, [clusterRole({ ...reader, resources: ["pods", resource] })])).toEqual([
      `${name} has '${resource}' in rules[0]: whoever it is bound to may ${power}\nhint: take it out`,
    ]);
  });

  test.each(["get", "list", "watch"])(
    "reports a ClusterRole that may %s every Secret, bound for the cluster or by somebody else",
    (verb) => {
      const role = clusterRole({ ...secrets, verbs: ["create", verb] });
      expect(reported(rbacWildcard, [role])).toEqual([everySecret]);
      expect(reported(rbacWildcard, [role, binding("RoleBinding"), binding("ClusterRoleBinding")])).toEqual([everySecret]);
      const elsewhere = { ...binding("RoleBinding"), owner: unitOf("catalogue", { cluster: "production-eu" }) };
      expect(reported(rbacWildcard, [role, elsewhere])).toEqual([everySecret]);
    },
  );

  test("warns of rights that are added to those of everybody", () => {
    const label = "rbac.authorization.k8s.io/aggregate-to-edit";
    const role = clusterRole(reader, { [label]: "true" });
    expect(reported(rbacWildcard, [role])).toEqual([
      `${name} gives its rights to everybody who has the ClusterRole 'edit'\nhint: take the label '${label}' out, and bind the role to those who need it`,
    ]);
    expect(rbacWildcard.check(new RepositoryFacts([role]))).toMatchObject([{ severity: "warning" }]);
  });
});

describe("rbac-wildcard: bindings", () => {
  test("lets a binding pass that names whom it is for", () => {
    const people = { kind: "Group", name: "bookshop-team" };
    expect(reported(rbacWildcard, [binding("ClusterRoleBinding"), binding("RoleBinding", people)])).toEqual([]);
    expect(reported(rbacWildcard, [binding("RoleBinding", people, { kind: "Role", name: "cluster-admin" })])).toEqual([]);
  });

  test.each([
    ["RoleBinding", "RoleBinding bookshop-dev/catalogue", "its namespace"],
    ["ClusterRoleBinding", "ClusterRoleBinding catalogue", "the cluster"],
  ] as const)("reports a %s of cluster-admin", (kind, bound, reach) => {
    expect(reported(rbacWildcard, [binding(kind, undefined, { name: "cluster-admin" })])).toEqual([
      `${bound} binds 'cluster-admin': its subjects may do everything in ${reach}\nhint: bind a role that names what they need`,
    ]);
  });

  test.each([
    ["Group", "system:masters", "whom no role limits, and whose certificates nobody can take back"],
    ["Group", "system:authenticated", "which is every Pod and person of the cluster"],
    ["Group", "system:serviceaccounts", "which is every Pod of the cluster"],
    ["Group", "system:unauthenticated", "which is whoever reaches the API server"],
    ["User", "system:anonymous", "which is whoever reaches the API server"],
  ])("reports a right of the %s %s", (kind, subject, who) => {
    expect(reported(rbacWildcard, [binding("ClusterRoleBinding", { kind, name: subject })])).toEqual([
      `ClusterRoleBinding catalogue gives 'catalogue' to '${subject}', ${who}\nhint: name the ServiceAccounts or the group of people that are meant`,
    ]);
  });
});
