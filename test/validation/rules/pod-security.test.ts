import { describe, expect, test } from "@jest/globals";
import type { Manifest } from "../../../lib/manifest/manifest.ts";
import { podSecurity } from "../../../lib/validation/rules/pod-security.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { deployment, manifest, platform, reported, unitOf } from "../../support/manifests.ts";

const reason = { "keelson.dev/security-exemption-reason": "reads the labels of shelves by its own scanner" };
const name = "Deployment bookshop-dev/catalogue";

/** A Deployment in a namespace, of Pods that pass the restricted standard but for what a test says. */
function workload(container: object, { namespace = "bookshop-dev", annotations = {}, spec = {} } = {}): Manifest {
  const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, ...container };
  const { document, ...others } = deployment(
    { securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } }, containers: [{ securityContext }], ...spec },
    { namespace },
  );
  const template = { ...(document.spec as { template: object }).template, metadata: { annotations } };
  return { ...others, document: { ...document, spec: { template } } };
}

function namespace(
  labels: Readonly<Record<string, string>>,
  annotations: Readonly<Record<string, string>> = {},
  called = "bookshop-lab",
): Manifest {
  return manifest({ kind: "Namespace", metadata: { name: called, namespace: undefined, labels, annotations } }, unitOf("namespace"));
}

const enforce = (level: string): Readonly<Record<string, string>> => ({ "pod-security.kubernetes.io/enforce": level });
const inLab = { namespace: "bookshop-lab" };
const lab = "Deployment bookshop-lab/catalogue";
const privileged = { privileged: true };
const escalating = { allowPrivilegeEscalation: true };

const hint = {
  privileged: "hint: take securityContext.privileged out",
  escalating: "hint: write securityContext.allowPrivilegeEscalation: false",
};
const has = {
  privileged: "has securityContext.privileged: true in container 'catalogue'",
  escalating: "has no securityContext.allowPrivilegeEscalation: false in container 'catalogue'",
};

const lower =
  "lower 'pod-security.kubernetes.io/enforce' of the Namespace, with the reason in its annotation 'keelson.dev/security-exemption-reason'";
const explain = "give the reason in the annotation 'keelson.dev/security-exemption-reason' of its Pods";

describe("pod-security", () => {
  test("lets Pods pass that ask for nothing more than they need", () => {
    expect(reported(podSecurity, [workload({}), namespace(enforce("restricted")), workload({}, inLab)])).toEqual([]);
  });

  test("reports each control that a Pod breaks without a reason", () => {
    expect(reported(podSecurity, [workload({ ...privileged, ...escalating })])).toEqual([
      `${name} ${has.privileged}, which the restricted Pod Security Standard forbids, and no reason is given\n${hint.privileged}, or ${explain}`,
      `${name} ${has.escalating}, which the restricted Pod Security Standard forbids, and no reason is given\n${hint.escalating}, or ${explain}`,
    ]);
  });

  test("reports Pods that their Namespace refuses, whatever their reason", () => {
    const restricted = namespace(enforce("restricted"), reason);
    expect(reported(podSecurity, [restricted, workload(escalating, inLab)])).toEqual([
      `${lab} ${has.escalating}, which its Namespace refuses: it enforces 'restricted'\n${hint.escalating}`,
    ]);
    expect(reported(podSecurity, [restricted, workload(escalating, { ...inLab, annotations: reason })])).toEqual([
      `${lab} ${has.escalating}, which its Namespace refuses: it enforces 'restricted'\n${hint.escalating}, or ${lower}`,
    ]);
  });

  test("says what to do in the words of definitions, where there are any", () => {
    const restricted = namespace(enforce("restricted"), reason);
    const pods = [restricted, workload(escalating), workload(escalating, { ...inLab, annotations: reason })];
    expect(reported(podSecurity, pods, bookshopWorld())).toEqual([
      `${name} ${has.escalating}, which the restricted Pod Security Standard forbids, and no reason is given\n${hint.escalating}, or give the reason in a SecurityExemption`,
      `${lab} ${has.escalating}, which its Namespace refuses: it enforces 'restricted'\n${hint.escalating}, or lower podSecurity of the system's namespace, with the reason`,
    ]);
  });

  test("takes a level that nobody knows for the strictest, as the API server does", () => {
    expect(reported(podSecurity, [namespace(enforce("relaxed"), reason), workload(escalating, inLab)])).toEqual([
      `${lab} ${has.escalating}, which its Namespace refuses: it enforces 'restricted'\n${hint.escalating}`,
    ]);
  });

  test("judges by the Namespace's lower level where the Namespace gives the reason", () => {
    const baseline = namespace(enforce("baseline"), reason);
    expect(reported(podSecurity, [baseline, workload(escalating, inLab)])).toEqual([]);
    expect(reported(podSecurity, [baseline, workload({ ...privileged, ...escalating }, inLab)])).toEqual([
      `${lab} ${has.privileged}, which its Namespace refuses: it enforces 'baseline'\n${hint.privileged}`,
    ]);
    expect(reported(podSecurity, [namespace(enforce("privileged"), reason), workload(privileged, inLab)])).toEqual([]);
  });

  test("judges by the Namespace's lower level where the Pod gives the reason", () => {
    const exempted = { ...inLab, annotations: reason };
    expect(reported(podSecurity, [namespace(enforce("baseline")), workload(escalating, exempted)])).toEqual([]);
    expect(reported(podSecurity, [namespace({}), workload(privileged, exempted)])).toEqual([]);
  });

  test("asks for a reason under a lower level, and names no control twice", () => {
    const empty = { "keelson.dev/security-exemption-reason": " " };
    expect(
      reported(podSecurity, [
        namespace(enforce("baseline"), empty),
        workload({ ...privileged, ...escalating }, { ...inLab, annotations: empty }),
      ]),
    ).toEqual([
      `${lab} ${has.privileged}, which its Namespace refuses: it enforces 'baseline'\n${hint.privileged}`,
      `${lab} ${has.escalating}, which the restricted Pod Security Standard forbids, and no reason is given\n${hint.escalating}, or ${explain}`,
    ]);
  });

  test("judges by the version that the Namespace names, else by the cluster's, else by the newest", () => {
    const rooted = workload({}, { ...inLab, spec: { hostUsers: false, securityContext: { seccompProfile: { type: "RuntimeDefault" } } } });
    const refused = [
      `${lab} has no securityContext.runAsNonRoot: true in container 'catalogue', which its Namespace refuses: it enforces 'restricted'\nhint: write securityContext.runAsNonRoot: true`,
    ];
    const old = { ...enforce("restricted"), "pod-security.kubernetes.io/enforce-version": "v1.34" };
    const oldCluster = bookshopWorld({ cluster: { versions: { kubernetes: "1.34.2" } } });
    expect(reported(podSecurity, [namespace(enforce("restricted")), rooted])).toEqual([]);
    expect(reported(podSecurity, [namespace(enforce("restricted")), rooted], bookshopWorld())).toEqual([]);
    expect(reported(podSecurity, [namespace(old), rooted])).toEqual(refused);
    expect(reported(podSecurity, [namespace(enforce("restricted")), rooted], oldCluster)).toEqual(refused);
  });

  test("says nothing of a cluster's own Pods in namespaces of others, but judges those of plain folders and of systems", () => {
    const elsewhere = { namespace: "kube-system" };
    const { document } = workload(privileged, elsewhere);
    const clusterWide: Manifest = { owner: platform, document, source: undefined };
    expect(reported(podSecurity, [clusterWide], bookshopWorld())).toEqual([]);
    expect(reported(podSecurity, [clusterWide])).toHaveLength(1);
    expect(reported(podSecurity, [workload(privileged, elsewhere)], bookshopWorld())).toHaveLength(1);
  });
});
