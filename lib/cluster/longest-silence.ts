import type { ControlPlaneDefinition } from "../definition/control-plane.ts";
import { goDurationMilliseconds } from "../definition/go-duration.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { Fields } from "./fields.ts";

/** What Argo CD does unless argocd-cm says otherwise. */
const defaults = { reconciliation: "120s", jitter: "60s" };

/** A busy controller may well be late, in milliseconds. */
const shortest = 15 * 60_000;

/**
 * How long Argo CD may take from one comparison of an Application to the next, though nothing changes: three times what argocd-cm says, where
 * the control plane's is rendered, and a quarter of an hour at least.
 *
 * @returns in milliseconds; `undefined` when Argo CD never compares by the clock
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/argocd-cm-yaml/
 */
export function longestSilence(
  manifests: readonly Manifest[],
  { cluster, namespace }: Pick<ControlPlaneDefinition, "cluster" | "namespace">,
): number | undefined {
  const settings = manifests.find(
    ({ owner, document: { kind, metadata } }) =>
      "cluster" in owner &&
      owner.cluster === cluster.name &&
      kind === "ConfigMap" &&
      metadata.name === "argocd-cm" &&
      metadata.namespace === namespace,
  );
  const data = new Fields(settings?.document.data);
  const interval = milliseconds(data.text("timeout.reconciliation") ?? defaults.reconciliation);
  if (interval === 0) return undefined;
  return Math.max(shortest, 3 * (interval + milliseconds(data.text("timeout.reconciliation.jitter") ?? defaults.jitter)));
}

function milliseconds(duration: string): number {
  return goDurationMilliseconds("interval in argocd-cm", duration);
}
