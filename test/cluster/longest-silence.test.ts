import { expect, test } from "@jest/globals";
import { longestSilence } from "../../lib/cluster/longest-silence.ts";
import { manifest, unitOf } from "../support/manifests.ts";
import { renderBookshop } from "../fixtures/bookshop/render.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";

const controlPlane = bookshop.controlPlanes[0]!;
const minutes = 60_000;

/** argocd-cm with these intervals, on a cluster. */
function settings(reconciliation: string | undefined, jitter: string | undefined, cluster = controlPlane.cluster.name) {
  const data = { "timeout.reconciliation": reconciliation, "timeout.reconciliation.jitter": jitter };
  const metadata = { name: "argocd-cm", namespace: controlPlane.namespace };
  return manifest({ kind: "ConfigMap", metadata, data }, unitOf("argocd", { cluster }));
}

test.each([
  ["10m", "2m", 36 * minutes],
  ["10m", undefined, 33 * minutes],
  [undefined, "8m", 30 * minutes],
  ["30s", "0s", 15 * minutes],
  ["0s", "60s", undefined],
])("with an interval of %s and a jitter of %s Argo CD may be silent for %s milliseconds", (reconciliation, jitter, longest) => {
  expect(longestSilence([settings(reconciliation, jitter)], controlPlane)).toBe(longest);
});

test("another cluster's settings are not this one's, and without any Argo CD's own hold", () => {
  expect(longestSilence([settings("10m", "2m", "elsewhere")], controlPlane)).toBe(15 * minutes);
  expect(longestSilence(renderBookshop().manifests, controlPlane)).toBe(15 * minutes);
});
