import { customFields } from "./custom-fields.ts";
import { dataFields } from "./data-fields.ts";
import { FieldTree, type FieldTable } from "./field-table.ts";
import { annotations, isQualifiedName, labels } from "./labels.ts";
import { dnsLabel, dnsSubdomain, text } from "./names.ts";
import { networkFields } from "./network-fields.ts";
import { has, ofFields } from "./shapes.ts";
import { workloadFields } from "./workload-fields.ts";

const kinds: Readonly<Record<string, FieldTable>> = { ...workloadFields, ...networkFields, ...dataFields, ...customFields };

/** What every object has. */
const everyKind: FieldTable = {
  "": has("metadata"),
  metadata: {
    "": ofFields(({ name, generateName }) => ((name ?? "") === "" && (generateName ?? "") === "" ? "needs 'name'" : undefined)),
    namespace: dnsLabel(),
    labels,
    annotations,
    "finalizers[]": text(isQualifiedName, "must be the name of a finalizer, such as 'example.com/cleanup'"),
  },
};

/** The names of objects of a kind that says nothing else. */
const plainName: FieldTable = { "metadata.name": dnsSubdomain() };

const trees = new Map<string, FieldTree>();

/**
 * What is asked of the fields of a kind beside its schema: put together when the first object asks for it.
 *
 * @param kind - with its group: `apps/Deployment`
 */
export function fieldsOfKind(kind: string): FieldTree {
  const known = trees.get(kind);
  if (known !== undefined) return known;
  const own = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  const tree = new FieldTree(
    everyKind,
    ...(own !== undefined && "metadata.name" in own ? [] : [plainName]),
    ...(own === undefined ? [] : [own]),
  );
  trees.set(kind, tree);
  return tree;
}
