import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { watchedResources } from "../../lib/argocd/watched-resources.ts";

describe("watchedResources", () => {
  const settings = watchedResources();

  test("leaves out kinds that churn and that nobody deploys", () => {
    const excluded = parse(settings["resource.exclusions"] ?? "") as { apiGroups: string[]; kinds: string[] }[];
    expect(excluded).toContainEqual({ apiGroups: ["", "discovery.k8s.io"], kinds: ["Endpoints", "EndpointSlice"] });
    expect(excluded.flatMap(({ kinds }) => kinds)).toEqual(
      expect.arrayContaining(["Lease", "CertificateRequest", "CiliumEndpoint", "PolicyReport"]),
    );
    expect(excluded.flatMap(({ kinds }) => kinds)).not.toContain("ConfigMap");
  });

  test("a change of status alone is no news", () => {
    expect(parse(settings["resource.customizations.ignoreResourceUpdates.all"] ?? "")).toEqual({ jsonPointers: ["/status"] });
  });

  test("names annotations as jq does, in quotes", () => {
    expect(parse(settings["resource.customizations.ignoreResourceUpdates.argoproj.io_Application"] ?? "")).toEqual({
      jqPathExpressions: [
        '.metadata.annotations."notified.notifications.argoproj.io"',
        '.metadata.annotations."argocd.argoproj.io/refresh"',
        '.metadata.annotations."argocd.argoproj.io/hydrate"',
        ".operation",
      ],
    });
  });
});
