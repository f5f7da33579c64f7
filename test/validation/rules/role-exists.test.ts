import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { roleExists } from "../../../lib/validation/rules/role-exists.ts";
import { manifest, platform, reported } from "../../support/manifests.ts";

const apiVersion = "rbac.authorization.k8s.io/v1";
const account = manifest({ kind: "ServiceAccount" });
const subject = { kind: "ServiceAccount", name: "catalogue", namespace: "bookshop-dev" };
const reader = { kind: "Role", name: "reader" };
const role = manifest({ apiVersion, kind: "Role", metadata: { name: "reader" } });
const clusterRole = manifest({ apiVersion, kind: "ClusterRole", metadata: { name: "node-reader", namespace: undefined } }, platform);
const says = "RoleBinding bookshop-dev/catalogue";
const clusterSays = "ClusterRoleBinding catalogue";

function binding(roleRef: object, subjects: unknown = [subject], namespace = "bookshop-dev"): Manifest {
  return manifest({ apiVersion, kind: "RoleBinding", metadata: { namespace }, roleRef, subjects });
}

function clusterBinding(roleRef: object, subjects: unknown = [subject]): Manifest {
  return manifest({ apiVersion, kind: "ClusterRoleBinding", metadata: { namespace: undefined }, roleRef, subjects }, platform);
}

describe("role-exists", () => {
  test.each([
    reader,
    { kind: "ClusterRole", name: "node-reader" },
    { kind: "ClusterRole", name: "view" },
    { kind: "ClusterRole", name: "system:auth-delegator" },
  ])("lets a binding pass whose role is rendered, or is one that every cluster has: %j", (roleRef) => {
    expect(reported(roleExists, [account, role, clusterRole, binding(roleRef)])).toEqual([]);
  });

  test.each([
    { kind: "ClusterRole", name: "node-reader" },
    { kind: "ClusterRole", name: "cluster-admin" },
  ])("lets a binding for the whole cluster pass: %j", (roleRef) => {
    expect(reported(roleExists, [account, clusterRole, clusterBinding(roleRef)])).toEqual([]);
  });

  test("reports a Role that nothing makes in the namespace, with the nearest", () => {
    const elsewhere = manifest({ apiVersion, kind: "Role", metadata: { name: "reader", namespace: "bookshop-staging" } });
    const message = `${says} binds Role 'reader', which nothing makes in 'bookshop-dev'\nhint: render it beside the binding`;
    expect(reported(roleExists, [account, elsewhere, binding(reader)])).toEqual([message]);
    const near = manifest({ apiVersion, kind: "Role", metadata: { name: "readers" } });
    expect(reported(roleExists, [account, near, binding(reader)])).toEqual([`${message}, or mend the name; the nearest there: 'readers'`]);
  });

  test("reports a ClusterRole that nothing makes on the cluster, with the nearest", () => {
    const missing = { kind: "ClusterRole", name: "viewer" };
    const hint = "hint: render it, or mend the name; the nearest there: 'view', 'edit', 'admin', 'node-reader', 'cluster-admin'";
    const message = (name: string): string => `${name} binds ClusterRole 'viewer', which nothing makes on cluster 'dev-eu'\n${hint}`;
    expect(reported(roleExists, [account, clusterRole, binding(missing), clusterBinding(missing)])).toEqual([
      message(says),
      message(clusterSays),
    ]);
  });

  test("reports a ClusterRole that is bound for somebody of a declared namespace, whoever else", () => {
    const subjects = [{ ...subject, namespace: "monitoring" }, subject];
    expect(reported(roleExists, [account, clusterBinding({ kind: "ClusterRole", name: "viewer" }, subjects)])).toHaveLength(1);
  });

  test("reports a Role that is bound for the whole cluster", () => {
    expect(reported(roleExists, [account, role, clusterBinding(reader)])).toEqual([
      `${clusterSays} binds Role 'reader', but only ClusterRoles can be bound for the whole cluster\nhint: bind a ClusterRole, or make it a RoleBinding in the namespace of the Role`,
    ]);
  });

  test("reports a ServiceAccount that nothing makes, with the nearest, and leaves one of no namespace to the rule of formats", () => {
    const view = { kind: "ClusterRole", name: "view" };
    const hint = "hint: render the ServiceAccount, or mend the name; the nearest there: 'catalogue'";
    expect(
      reported(roleExists, [
        account,
        binding(view, [{ ...subject, name: "catalog" }]),
        clusterBinding(view, [{ ...subject, name: "catalog" }]),
      ]),
    ).toEqual([
      `${says} is for ServiceAccount 'catalog', which nothing makes in 'bookshop-dev'\n${hint}`,
      `${clusterSays} is for ServiceAccount 'catalog', which nothing makes in 'bookshop-dev'\n${hint}`,
    ]);
    expect(reported(roleExists, [clusterBinding(view, [{ kind: "ServiceAccount", name: "catalogue" }])])).toEqual([]);
  });

  test("looks for an account without a namespace beside its RoleBinding", () => {
    const bare = (name: string): Manifest => binding({ kind: "ClusterRole", name: "view" }, [{ kind: "ServiceAccount", name }]);
    expect(reported(roleExists, [account, bare("catalogue")])).toEqual([]);
    expect(reported(roleExists, [account, bare("catalog")])).toHaveLength(1);
  });

  test("lets the account pass that Kubernetes makes, people, groups and accounts of namespaces that nobody declares", () => {
    const subjects = [
      { ...subject, name: "default" },
      { kind: "User", name: "librarian" },
      { kind: "Group", name: "librarians" },
      { ...subject, namespace: "monitoring" },
    ];
    expect(reported(roleExists, [binding({ kind: "ClusterRole", name: "view" }, subjects)])).toEqual([]);
  });

  test("says nothing of roles that are bound in, or for, namespaces that nobody declares", () => {
    const chart = { kind: "ClusterRole", name: "prometheus" };
    expect(
      reported(roleExists, [
        binding(reader, [], "argocd"),
        binding(chart, [], "argocd"),
        clusterBinding(chart, [{ ...subject, namespace: "monitoring" }]),
      ]),
    ).toEqual([]);
  });

  test("does not trip over fields that are none", () => {
    expect(reported(roleExists, [binding({}, "all"), binding({ kind: "Role", name: 1 }, [1, { kind: "ServiceAccount" }])])).toEqual([]);
  });
});
