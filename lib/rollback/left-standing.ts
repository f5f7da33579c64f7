import type { Pins } from "../image/pins.ts";
import { hasImmutableFields, immutableFieldsOf, immutablePath, immutableValue } from "../manifest/immutable-fields.ts";
import { annotation } from "../manifest/labels.ts";
import { groupKind, type KubernetesObject } from "../manifest/manifest.ts";
import { objectDifferences } from "../manifest/object-differences.ts";
import { parseQuantity } from "../manifest/quantity.ts";
import { sameValue } from "../manifest/same-value.ts";
import { isHook } from "../manifest/sync-step.ts";
import type { UnitObject } from "./unit-objects.ts";

/** Kinds that hold, or fetch, a secret. */
const secretKinds: ReadonlySet<string> = new Set(["Secret", "external-secrets.io/ExternalSecret", "bitnami.com/SealedSecret"]);

const mostFields = 6;

/** Something that stays as it is when only pins go back. */
export interface LeftStanding {
  readonly kind: "config" | "removed" | "added" | "immutable" | "secret";
  /** What it is: `ConfigMap shop-dev/frontend-config`. */
  readonly object: string;
  /** `ConfigMap shop-dev/frontend-config changed since: data.LOG_LEVEL`. */
  readonly message: string;
}

/** Two states of the same units, by what each object is, and the pins of each. */
export interface ComparedStates {
  readonly then: { readonly objects: ReadonlyMap<string, UnitObject>; readonly pins: Pins };
  readonly now: { readonly objects: ReadonlyMap<string, UnitObject>; readonly pins: Pins };
}

/** What differs between two states beside the images of pins. */
export function leftStanding({ then, now }: ComparedStates): LeftStanding[] {
  const isPinMove = pinMoves(then.pins, now.pins);
  const keys = [...new Set([...then.objects.keys(), ...now.objects.keys()])].sort();
  return keys.flatMap((key) => {
    const [before, after] = [then.objects.get(key), now.objects.get(key)];
    if (before === undefined) return after === undefined ? [] : [entry("added", after, "is new since")];
    if (after === undefined) return [entry("removed", before, "is gone since")];
    return [...changed(before, after, isPinMove), ...stuck(before, after)];
  });
}

type PinMoved = (before: unknown, after: unknown) => boolean;

/** Whether two values differ only because a pin moved. */
function pinMoves(then: Pins, now: Pins): PinMoved {
  const texts = (pins: Pins): ReadonlySet<unknown> => new Set([...pins.values()].map(String));
  const [old, present] = [texts(then), texts(now)];
  return (before, after) => old.has(before) && present.has(after);
}

function entry(kind: LeftStanding["kind"], { document, name }: UnitObject, what: string): LeftStanding {
  return { kind: secretKinds.has(groupKind(document)) ? "secret" : kind, object: name, message: `${name} ${what}` };
}

function changed(before: UnitObject, after: UnitObject, isPinMove: PinMoved): LeftStanding[] {
  const fields = objectDifferences(before.document, after.document)
    .filter((difference) => !isPinMove(difference.before, difference.after))
    .map(({ path }) => path)
    // follows from the configuration, which is named itself
    .filter((path) => !path.includes(annotation.configChecksum));
  if (fields.length === 0) return [];
  const more = fields.length > mostFields ? ` and ${fields.length - mostFields} more` : "";
  return [entry("config", after, `changed since: ${fields.slice(0, mostFields).join(", ")}${more}`)];
}

/** What the API server would refuse to put back. */
function stuck({ document: before }: UnitObject, after: UnitObject): LeftStanding[] {
  const { document } = after;
  // a hook is deleted before it is made anew
  if (isHook(document)) return [];
  const fields = [...(hasImmutableFields(groupKind(document)) ? immutableFieldsOf(document) : [])]
    .filter((field) => !sameValue(immutableValue(before, field), immutableValue(document, field)))
    .map(immutablePath);
  const all = [...fields, ...specialFields(before, document)];
  return all.length === 0
    ? []
    : [{ kind: "immutable", object: after.name, message: `${after.name} cannot be changed back in place: ${all.join(", ")}` }];
}

/** What depends on more than the field. */
function specialFields(before: KubernetesObject, after: KubernetesObject): string[] {
  switch (groupKind(after)) {
    case "Service": {
      const headless = (object: KubernetesObject): boolean => immutableValue(object, "clusterIP") === "None";
      return headless(before) === headless(after) ? [] : ["spec.clusterIP"];
    }
    case "ConfigMap":
    case "Secret": {
      const contents = ["data", "stringData", "binaryData"].filter((field) => !sameValue(before[field], after[field]));
      const type = sameValue(before.type, after.type) ? [] : ["type"];
      return [...(after.immutable === true ? contents : []), ...type];
    }
    case "PersistentVolumeClaim": {
      const [old, now] = [requested(before), requested(after)];
      return old !== undefined && now !== undefined && old < now ? ["spec.resources.requests.storage, which only grows"] : [];
    }
    default:
      return [];
  }
}

function requested({ spec }: KubernetesObject): number | undefined {
  return parseQuantity(
    (spec as { readonly resources?: { readonly requests?: { readonly storage?: unknown } } } | undefined)?.resources?.requests?.storage,
  );
}
