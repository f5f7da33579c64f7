import { type MutationOperator, ofContainers, ofKinds } from "./operator.ts";
import { below, change, type Draft, get, isNumber, isObject, isText, remove, set } from "./pointer.ts";

/** What the API server refuses in one object alone. */
export const fieldOperators: readonly MutationOperator[] = [
  { name: "misspell-a-field", mutate: (draft) => misspell(draft, below(draft, "/spec")[0]) },
  { name: "misspell-the-deepest-field", mutate: (draft) => misspell(draft, deepest(draft)) },
  { name: "give-a-field-another-type", mutate: (draft) => retype(draft) },
  { name: "forget-the-spec", mutate: (draft) => remove(draft, "/spec") },
  {
    name: "write-the-name-in-upper-case",
    mutate: (draft) => change(draft, "/metadata/name", isText, (name) => name.toUpperCase()),
  },
  {
    name: "put-a-space-into-a-label",
    mutate: (draft) => {
      const label = below(draft, "/metadata/labels")[0];
      return label !== undefined && change(draft, label, isText, (value) => `${value} shelf`);
    },
  },
  {
    name: "name-a-version-that-was-removed",
    mutate: (draft) => change(draft, "/apiVersion", isText, (version) => removedVersions.get(`${version} ${String(draft.kind)}`)),
  },
  ofKinds("ask-for-negative-replicas", ["Deployment", "StatefulSet"], (draft) => {
    set(draft, "/spec/replicas", -1);
    return true;
  }),
  ofContainers("use-a-port-above-65535", (draft, container) => change(draft, `${container}/ports/0/containerPort`, isNumber, () => 70_000)),
  ofContainers("mistype-a-quantity", (draft, container) =>
    change(draft, `${container}/resources/requests/memory`, isText, (memory) => `${memory}B`),
  ),
  ofKinds("mistype-a-duration", ["ExternalSecret", "Application"], (draft) => {
    const pointer = draft.kind === "Application" ? "/spec/syncPolicy/retry/backoff/duration" : "/spec/refreshInterval";
    return change(draft, pointer, isText, () => "an hour");
  }),
  ofKinds("mistype-a-schedule", ["AppProject", "CronJob"], (draft) => {
    const pointer = draft.kind === "AppProject" ? "/spec/syncWindows/0/schedule" : "/spec/schedule";
    return change(draft, pointer, isText, () => "0 25 * * *");
  }),
  ofKinds("mistype-a-time-zone", ["AppProject"], (draft) => change(draft, "/spec/syncWindows/0/timeZone", isText, (zone) => `${zone}!`)),
];

/** Versions that Kubernetes and the operators once served, by what is served now. */
const removedVersions = new Map([
  ["networking.k8s.io/v1 Ingress", "networking.k8s.io/v1beta1"],
  ["policy/v1 PodDisruptionBudget", "policy/v1beta1"],
  ["autoscaling/v2 HorizontalPodAutoscaler", "autoscaling/v2beta2"],
  ["apps/v1 Deployment", "extensions/v1beta1"],
  ["networking.k8s.io/v1 NetworkPolicy", "extensions/v1beta1"],
  ["external-secrets.io/v1 ExternalSecret", "external-secrets.io/v1beta1"],
  ["external-secrets.io/v1 ClusterSecretStore", "external-secrets.io/v1beta1"],
]);

function misspell(draft: Draft, pointer: string | undefined): boolean {
  if (pointer === undefined) return false;
  const value = get(draft, pointer);
  if (!remove(draft, pointer)) return false;
  set(draft, `${pointer}z`, value);
  return true;
}

/** The deepest field below `spec`: of a map that has fixed fields, so no label and no key of data. */
function deepest(draft: Draft): string | undefined {
  let found: string | undefined;
  const visit = (pointer: string): void => {
    if (/(?:abels|nnotations|elector|data|Data|limits|requests|hard|config|valuesObject|patch)$/.test(pointer)) return;
    for (const child of below(draft, pointer)) {
      if (!Array.isArray(get(draft, pointer)) && child.split("/").length > (found?.split("/").length ?? 0)) found = child;
      if (isObject(get(draft, child))) visit(child);
    }
  };
  visit("/spec");
  return found;
}

/** The first field below `spec` that is a list or a map becomes a text; where there is none, the first text becomes a map. */
function retype(draft: Draft): boolean {
  const fields = below(draft, "/spec");
  const inner = fields.find((field) => isObject(get(draft, field)));
  const target = inner ?? fields[0];
  if (target === undefined) return false;
  set(draft, target, inner === undefined ? { shelf: "top" } : "top");
  return true;
}
