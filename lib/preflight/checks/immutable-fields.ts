import type { LiveObject } from "../../cluster/kubernetes-api.ts";
import { hasImmutableFields, immutableFieldsOf, immutablePath, immutableValue } from "../../manifest/immutable-fields.ts";
import { groupKind, type KubernetesObject, objectName } from "../../manifest/manifest.ts";
import type { ClusterCheck } from "../check.ts";

/** Lists and maps of these fields are compared whole; in others what the server added is no difference. */
const whole: ReadonlySet<string> = new Set(["selector", "/roleRef"]);

/** What runs already can become what is rendered: no field differs that cannot be changed, and no Service would leave its Pods. */
export const immutableFields: ClusterCheck = {
  id: "immutable-fields",
  title: "no immutable field differs from what runs",
  needs: "cluster",
  run: async (facts) => {
    const { twins, hidden } = await facts.twins();
    const findings = twins.flatMap(({ manifest: { document }, live }) => [
      ...immutableDifferences(document, live),
      ...lostPods(document, live),
    ]);
    const unseen = [...hidden].filter((kind) => kind === "Service" || hasImmutableFields(kind)).sort();
    if (findings.length === 0 && unseen.length > 0) return { result: "unknown", detail: `could not be listed: ${unseen.join(", ")}` };
    if (findings.length === 0) return { result: "pass", detail: `${twins.length} objects are there already, and can become what Git says` };
    return {
      result: "fail",
      detail: `${findings.length} ${findings.length === 1 ? "field stands" : "fields stand"} in the way of a sync`,
      findings,
      fix: "render what runs (names and selectors), or bring the new object up beside it under another name and move the traffic; see docs/migration.md",
    };
  },
};

function immutableDifferences(document: KubernetesObject, live: LiveObject): string[] {
  // a hook is deleted before it is made anew
  if (document.metadata.annotations?.["argocd.argoproj.io/hook"] !== undefined) return [];
  return immutableFieldsOf(document).flatMap((field) => {
    const [wanted, found] = [immutableValue(document, field), immutableValue(live, field)];
    if (wanted === undefined || fits(wanted, found, whole.has(field))) return [];
    return [`${objectName(document)}: ${immutablePath(field)} is ${text(found)}, and Git wants ${text(wanted)}`];
  });
}

/** Not refused by the server, and worse for that: the requests go elsewhere at once. */
function lostPods(document: KubernetesObject, live: LiveObject): string[] {
  if (groupKind(document) !== "Service") return [];
  const [wanted, found] = [immutableValue(document, "selector"), immutableValue(live, "selector")];
  const moved =
    wanted === undefined || fits(wanted, found, true)
      ? []
      : [`${objectName(document)}: spec.selector is ${text(found)}, and Git wants ${text(wanted)}`];
  const [headless, was] = [immutableValue(document, "clusterIP") === "None", immutableValue(live, "clusterIP") === "None"];
  return [
    ...moved,
    ...(headless === was
      ? []
      : [`${objectName(document)}: it ${was ? "has no" : "has a"} cluster IP, and Git wants ${headless ? "none" : "one"}`]),
  ];
}

/** Whether a live value has all that is wanted; `exact`: and nothing else. */
function fits(wanted: unknown, found: unknown, exact: boolean): boolean {
  if (typeof wanted !== "object" || wanted === null) return wanted === found;
  if (typeof found !== "object" || found === null) return false;
  if (Array.isArray(wanted) && (!Array.isArray(found) || found.length !== wanted.length)) return false;
  const [want, have] = [wanted as Readonly<Record<string, unknown>>, found as Readonly<Record<string, unknown>>];
  if (exact && Object.keys(have).length !== Object.keys(want).length) return false;
  return Object.keys(want).every((key) => fits(want[key], have[key], exact));
}

function text(value: unknown): string {
  const written = value === undefined ? "absent" : JSON.stringify(value);
  return written.length > 120 ? `${written.slice(0, 117)}...` : written;
}
