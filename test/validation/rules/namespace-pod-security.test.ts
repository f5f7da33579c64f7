import { describe, expect, test } from "@jest/globals";
import { RepositoryFacts } from "../../../lib/manifest/repository-facts.ts";
import { namespacePodSecurity } from "../../../lib/validation/rules/namespace-pod-security.ts";
import { manifest } from "../../support/manifests.ts";

const reason = "keelson.dev/security-exemption-reason";
const name = "Namespace bookshop-lab";

/** What is said of one Namespace with these labels, by the part behind `pod-security.kubernetes.io/`. */
function said(labels: Readonly<Record<string, string>>, annotations: Readonly<Record<string, string>> = {}): string[] {
  const prefixed = Object.fromEntries(Object.entries(labels).map(([key, value]) => [`pod-security.kubernetes.io/${key}`, value]));
  const namespace = manifest({
    kind: "Namespace",
    metadata: { name: "bookshop-lab", namespace: undefined, labels: prefixed, annotations },
  });
  return namespacePodSecurity.check(new RepositoryFacts([namespace])).map(({ message, hint }) => `${message}\nhint: ${hint ?? ""}`);
}

describe("namespace-pod-security", () => {
  test.each<readonly [title: string, labels: Readonly<Record<string, string>>, annotations: Readonly<Record<string, string>>]>([
    ["the strictest level", { enforce: "restricted" }, {}],
    ["the same level to warn and audit", { enforce: "restricted", warn: "restricted", audit: "restricted" }, {}],
    ["a version", { enforce: "restricted", "enforce-version": "v1.36", "warn-version": "latest", "audit-version": "v1.0" }, {}],
    ["a lower level with a reason", { enforce: "baseline", warn: "restricted" }, { [reason]: "the scanner changes its user" }],
    ["the lowest level with a reason", { enforce: "privileged", warn: "baseline" }, { [reason]: "the scales are a device of the node" }],
  ])("lets %s pass", (_, labels, annotations) => {
    expect(said(labels, annotations)).toEqual([]);
  });

  test("reports a Namespace that enforces nothing", () => {
    expect(said({ warn: "restricted" })).toEqual([
      `${name} enforces no Pod Security level: it has no label 'pod-security.kubernetes.io/enforce'\nhint: write 'restricted'`,
    ]);
  });

  test.each(["enforce", "warn", "audit"])("reports a level that nobody knows in %s", (label) => {
    expect(said({ enforce: "restricted", [label]: "Restricted" })).toEqual([
      `${name} has no level in its label 'pod-security.kubernetes.io/${label}': got 'Restricted'\nhint: the levels are: 'restricted', 'baseline', 'privileged'`,
    ]);
  });

  test.each([
    ["enforce-version", "1.36"],
    ["warn-version", "v1.36.3"],
    ["audit-version", "v1.036"],
  ])("reports %s: %s", (label, version) => {
    expect(said({ enforce: "restricted", [label]: version })).toEqual([
      `${name} has no version in its label 'pod-security.kubernetes.io/${label}': got '${version}'\nhint: write 'latest', or the minor version of Kubernetes as 'v1.36'`,
    ]);
  });

  test.each([
    ["baseline", {}],
    ["privileged", { [reason]: " " }],
  ])("reports %s without a reason", (level, annotations) => {
    expect(said({ enforce: level }, annotations)).toEqual([
      `${name} enforces the Pod Security level '${level}' only, and says no reason\nhint: write 'restricted', or the reason in its annotation '${reason}'`,
    ]);
  });

  test.each(["warn", "audit"])("reports a level in %s that is weaker than what is enforced", (label) => {
    expect(said({ enforce: "restricted", [label]: "baseline" })).toEqual([
      `${name} has the level 'baseline' in its label 'pod-security.kubernetes.io/${label}', and refuses more than that: it enforces 'restricted'\nhint: write 'restricted'`,
    ]);
  });
});
