import { Fields } from "../../cluster/fields.ts";
import type { ClusterCheck } from "../check.ts";
import { ownManifests } from "../project-facts.ts";

/** Groups under `k8s.io` that are no part of Kubernetes itself. */
const customGroups: ReadonlySet<string> = new Set(["gateway.networking.k8s.io", "snapshot.storage.k8s.io"]);

/** The cluster knows every rendered custom kind, in the rendered version. */
export const customResources: ClusterCheck = {
  id: "custom-resources",
  title: "the cluster serves every custom kind in the rendered version",
  needs: "cluster",
  run: async ({ cluster, project }) => {
    const wanted = new Map<string, { readonly group: string; readonly version: string; readonly kind: string }>();
    for (const { document } of ownManifests(project)) {
      const [group = "", version] = document.apiVersion.split("/");
      if (version === undefined || !isCustom(group)) continue;
      wanted.set(`${document.apiVersion} ${document.kind}`, { group, version, kind: document.kind });
    }
    const served = new Map<string, string[]>();
    for (const { spec } of await cluster.list({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" })) {
      const fields = new Fields(spec);
      const versions = fields.each("versions").flatMap((version) => (version.flag("served") ? (version.text("name") ?? []) : []));
      served.set(`${fields.text("group") ?? ""} ${fields.at("names").text("kind") ?? ""}`, versions);
    }
    const missing = [...wanted].flatMap(([name, { group, version, kind }]) => {
      const versions = served.get(`${group} ${kind}`);
      if (versions === undefined) return [`${name}: there is no such kind`];
      return versions.includes(version) ? [] : [`${name}: the cluster serves ${versions.join(", ")}`];
    });
    if (missing.length === 0) return { result: "pass", detail: `${wanted.size} custom kinds are rendered, and all are served` };
    return {
      result: "fail",
      detail: `${missing.length} of ${wanted.size} rendered custom kinds are not served`,
      findings: missing,
      fix: "install the operator that brings them, in a version that serves what is rendered",
    };
  },
};

function isCustom(group: string): boolean {
  return customGroups.has(group) || (group.includes(".") && !group.endsWith(".k8s.io"));
}
