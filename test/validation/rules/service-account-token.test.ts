import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { serviceAccountToken } from "../../../lib/validation/rules/service-account-token.ts";
import { deployment, manifest, platform, reported, unitOf } from "../../support/manifests.ts";

const group = "rbac.authorization.k8s.io";

function account(fields: object = {}, metadata: object = {}): Manifest {
  return manifest({ kind: "ServiceAccount", metadata, ...fields });
}

function binding(subject: object, { kind = "RoleBinding", namespace = "bookshop-dev", owner = platform } = {}): Manifest {
  const metadata = { namespace: kind === "RoleBinding" ? namespace : undefined };
  return manifest(
    { apiVersion: `${group}/v1`, kind, metadata, subjects: [subject], roleRef: { kind: "ClusterRole", name: "view" } },
    owner,
  );
}

const ownAccount = deployment({ serviceAccountName: "catalogue" });
const subject = { kind: "ServiceAccount", name: "catalogue", namespace: "bookshop-dev" };

function needless(name = "catalogue"): string {
  return `Deployment bookshop-dev/catalogue takes a token of the API server as ServiceAccount '${name}', to which no RoleBinding gives a right\nhint: write automountServiceAccountToken: false, on the Pod or on the ServiceAccount`;
}

const projected = (token: object): Manifest =>
  deployment({
    serviceAccountName: "catalogue",
    automountServiceAccountToken: false,
    volumes: [{ name: "token", projected: { sources: [{ configMap: { name: "ca" } }, { serviceAccountToken: token }] } }],
  });

describe("service-account-token", () => {
  test.each<readonly [title: string, manifests: readonly Manifest[]]>([
    ["a Pod that takes none", [deployment({ serviceAccountName: "catalogue", automountServiceAccountToken: false }), account()]],
    ["an account that gives none", [ownAccount, account({ automountServiceAccountToken: false })]],
    ["a token that a RoleBinding is for", [ownAccount, account(), binding(subject)]],
    ["a RoleBinding of another namespace", [ownAccount, account(), binding(subject, { namespace: "argocd" })]],
    ["a ClusterRoleBinding", [ownAccount, account(), binding(subject, { kind: "ClusterRoleBinding" })]],
    [
      "a binding of all accounts of the namespace",
      [ownAccount, account(), binding({ kind: "Group", name: "system:serviceaccounts:bookshop-dev" })],
    ],
    ["a binding of all accounts", [ownAccount, account(), binding({ kind: "Group", name: "system:serviceaccounts" })]],
    ["a token for somebody else", [projected({ audience: "https://vault.example" }), account()]],
    ["an account that nothing makes", [ownAccount]],
    ["a namespace of others", [deployment({}, { namespace: "argocd" })]],
  ])("lets %s pass", (_, manifests) => {
    expect(reported(serviceAccountToken, manifests)).toEqual([]);
  });

  test.each<readonly [title: string, manifests: readonly Manifest[]]>([
    ["whose account gives it one", [ownAccount, account({ automountServiceAccountToken: true })]],
    ["that gets one without a word", [ownAccount, account()]],
    [
      "that takes one past its account's word",
      [
        deployment({ serviceAccountName: "catalogue", automountServiceAccountToken: true }),
        account({ automountServiceAccountToken: false }),
      ],
    ],
    ["that projects one", [projected({}), account()]],
    ["that projects one by the API server's name", [projected({ audience: "https://kubernetes.default.svc.cluster.local" }), account()]],
    ["whose binding is for another account", [ownAccount, account(), binding({ ...subject, name: "checkout" })]],
    ["whose binding is for an account of another namespace", [ownAccount, account(), binding({ ...subject, namespace: "argocd" })]],
    [
      "whose binding is on another cluster",
      [ownAccount, account(), binding(subject, { owner: unitOf("catalogue", { cluster: "production-eu" }) })],
    ],
    ["whose binding is for a user of that name", [ownAccount, account(), binding({ ...subject, kind: "User" })]],
    [
      "whose binding is for accounts of another namespace",
      [ownAccount, account(), binding({ kind: "Group", name: "system:serviceaccounts:argocd" })],
    ],
  ])("reports a Pod %s", (_, manifests) => {
    expect(reported(serviceAccountToken, manifests)).toEqual([needless()]);
  });

  test("reports Pods that run as nobody in particular: that account has a token too", () => {
    expect(reported(serviceAccountToken, [deployment()])).toEqual([needless("default")]);
    expect(reported(serviceAccountToken, [deployment(), account({ automountServiceAccountToken: false }, { name: "default" })])).toEqual(
      [],
    );
  });

  test("reports a token that is kept in a Secret", () => {
    const annotations = { "kubernetes.io/service-account.name": "catalogue" };
    const secret = manifest({ kind: "Secret", metadata: { annotations }, type: "kubernetes.io/service-account-token" });
    expect(reported(serviceAccountToken, [secret, manifest({ kind: "Secret", metadata: { name: "key" }, type: "Opaque" })])).toEqual([
      "Secret bookshop-dev/catalogue keeps a token of ServiceAccount 'catalogue' that never ends\nhint: mount a projected token, which ends with its Pod; or let whoever needs one ask for it by 'kubectl create token'",
    ]);
  });
});
