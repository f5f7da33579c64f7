import { describe, expect, test } from "@jest/globals";
import type { ClusterProps } from "../../../lib/definition/cluster.ts";
import { componentApis, componentFields, newestReleases } from "../../../lib/manifest/component-facts.ts";
import type { Manifest, Owner } from "../../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../../lib/manifest/repository-facts.ts";
import { componentVersion } from "../../../lib/validation/rules/component-version.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { catalogue, manifest, reported } from "../../support/manifests.ts";

const delivery: Owner = { scope: "delivery", controlPlane: "central", group: "dev", environment: "dev" };

function written(apiVersion: string, kind: string, spec: object = {}, owner: Owner = catalogue): Manifest {
  return manifest({ apiVersion, kind, spec }, owner);
}

function says(versions: ClusterProps["versions"], object: Manifest, argocdVersion = "3.5.3"): string[] {
  return reported(componentVersion, [object], bookshopWorld({ cluster: { versions }, argocdVersion }));
}

/** A spec that says something at a path. */
function sayingAt(path: string): object {
  return path
    .split(".")
    .reduceRight<unknown>(
      (value, name) => (name.endsWith("[]") ? { [name.slice(0, -2)]: [{}, value] } : { [name]: value }),
      "said",
    ) as object;
}

describe("component-version", () => {
  test("lets pass what the releases of the cluster know", () => {
    const versions = { externalSecrets: "1.3.2", istio: "1.31.1" };
    expect(says(versions, written("external-secrets.io/v1", "ExternalSecret"))).toEqual([]);
    expect(says(versions, written("networking.istio.io/v1", "VirtualService"))).toEqual([]);
    expect(says(versions, written("networking.istio.io/v1beta1", "VirtualService"))).toEqual([]);
    expect(says(versions, written("networking.istio.io/v1alpha3", "EnvoyFilter"))).toEqual([]);
  });

  test.each([
    [
      "external-secrets.io/v1",
      "ExternalSecret",
      { externalSecrets: "0.15.1" },
      "the External Secrets Operator serves since 0.16, got '0.15.1'",
      "external-secrets.io/v1beta1",
    ],
    [
      "external-secrets.io/v1beta1",
      "ClusterSecretStore",
      { externalSecrets: "0.17.0" },
      "the External Secrets Operator serves no more since 0.17, got '0.17.0'",
      "external-secrets.io/v1",
    ],
    [
      "networking.istio.io/v1",
      "DestinationRule",
      { istio: "1.21.6" },
      "Istio serves since 1.22, got '1.21.6'",
      "networking.istio.io/v1beta1",
    ],
    [
      "security.istio.io/v1",
      "PeerAuthentication",
      { istio: "1.21.6" },
      "Istio serves since 1.22, got '1.21.6'",
      "security.istio.io/v1beta1",
    ],
    ["telemetry.istio.io/v1", "Telemetry", { istio: "1.21.6" }, "Istio serves since 1.22, got '1.21.6'", "telemetry.istio.io/v1alpha1"],
  ])("reports an API version that the release does not serve: %s of %s", (api, kind, versions, wrong, successor) => {
    expect(says(versions, written(api, kind))).toEqual([
      `${kind} bookshop-dev/catalogue is written as ${api}, which ${wrong}\nhint: write it as ${successor}`,
    ]);
  });

  test("lets both API versions pass while a release serves both", () => {
    for (const api of ["external-secrets.io/v1", "external-secrets.io/v1beta1"]) {
      expect(says({ externalSecrets: "0.16.2" }, written(api, "SecretStore"))).toEqual([]);
    }
  });

  test.each(componentFields.filter(({ component }) => component === "argocd"))(
    "reports a field that the targeted Argo CD does not know: $kind $field",
    ({ kind, field, since }) => {
      const [, name = ""] = kind.split("/");
      const object = manifest({ apiVersion: "argoproj.io/v1alpha1", kind: name, ...sayingAt(field) }, delivery);
      const older = `3.${Number(since.slice(2)) - 1}.9`;
      expect(says({}, object, older)).toEqual([
        `${name} bookshop-dev/catalogue says ${field}, which Argo CD knows since ${since}, got '${older}'\nhint: leave it out, or raise argocdVersion of the control plane`,
      ]);
      expect(says({}, object, `${since}.0`)).toEqual([]);
      expect(
        says({}, manifest({ apiVersion: "argoproj.io/v1alpha1", kind: name, spec: { syncWindows: [{}], data: "none" } }, delivery), older),
      ).toEqual([]);
    },
  );

  test("reports a field that the cluster's operator does not know", () => {
    const secret = written("external-secrets.io/v1", "ExternalSecret", {
      data: [{ remoteRef: {} }, { remoteRef: { nullBytePolicy: "Ignore" } }],
    });
    expect(says({ externalSecrets: "2.2.0" }, secret)).toEqual([
      "ExternalSecret bookshop-dev/catalogue says spec.data[].remoteRef.nullBytePolicy, which the External Secrets Operator knows since 2.3, got '2.2.0'\nhint: leave it out, or raise versions.externalSecrets of the cluster",
    ]);
    expect(says({ externalSecrets: "2.3.0" }, secret)).toEqual([]);
  });

  test("says nothing of a cluster that does not name the release", () => {
    expect(says({}, written("external-secrets.io/v1beta1", "ExternalSecret"))).toEqual([]);
  });

  test("judges by the newest releases without definitions", () => {
    expect(reported(componentVersion, [written("external-secrets.io/v1beta1", "ExternalSecret")])).toEqual([
      `ExternalSecret bookshop-dev/catalogue is written as external-secrets.io/v1beta1, which the External Secrets Operator serves no more since 0.17, got '${newestReleases.externalSecrets}'\nhint: write it as external-secrets.io/v1`,
    ]);
    expect(componentApis.length).toBeGreaterThan(0);
  });

  test("warns of what a release has deprecated", () => {
    const policy = written("kyverno.io/v1", "ClusterPolicy", { rules: [{ name: "signed", verifyImages: [] }] });
    expect(reported(componentVersion, [policy])).toEqual([
      "ClusterPolicy bookshop-dev/catalogue says spec.rules[].verifyImages, which Kyverno has deprecated since 1.17\nhint: write an ImageValidatingPolicy of policies.kyverno.io/v1",
    ]);
    expect(componentVersion.check(new RepositoryFacts([policy]))).toMatchObject([{ severity: "warning" }]);
    const project = manifest({ apiVersion: "argoproj.io/v1alpha1", kind: "AppProject", spec: { signatureKeys: [] } }, delivery);
    expect(says({}, project)).toEqual([
      "AppProject bookshop-dev/catalogue says spec.signatureKeys, which Argo CD has deprecated since 3.5\nhint: say it under spec.sourceIntegrity",
    ]);
    expect(says({}, project, "3.4.7")).toEqual([]);
    expect(reported(componentVersion, [written("kyverno.io/v1", "ClusterPolicy", { rules: [{ name: "labels", validate: {} }] })])).toEqual(
      [],
    );
  });
});
