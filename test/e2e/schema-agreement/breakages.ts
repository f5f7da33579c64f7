import type { KubernetesObject } from "../../../lib/manifest/manifest.ts";
import { joinPath } from "../../../lib/manifest/join-path.ts";

/** A document with one thing changed. */
export interface Breakage {
  /** What was done, and where: `Deployment: no spec.selector`. */
  readonly title: string;
  readonly document: KubernetesObject;
}

type Step = string | number;

/** What else may stand in place of a value, by what is done to it. */
const replacements: readonly (readonly [string, (value: unknown) => unknown])[] = [
  ["a number for", (value) => (typeof value === "string" || typeof value === "boolean" ? 1 : undefined)],
  ["a string for", (value) => (typeof value === "string" ? undefined : "keelson")],
  ["an object for", (value) => (typeof value === "object" && !Array.isArray(value) ? undefined : {})],
  ["nonsense for", (value) => (typeof value === "string" ? "=Non sense!" : undefined)],
  ["a negative", (value) => (typeof value === "number" ? -7 : undefined)],
  ["a huge", (value) => (typeof value === "number" ? 2 ** 40 : undefined)],
  ["an unknown field in", (value) => (isObject(value) ? { ...value, keelsonz: "unknown" } : undefined)],
];

/** A row of breakages of a good document: each field, at every depth, taken away, replaced by something else, or given a neighbour that nobody knows. */
export function breakagesOf(document: KubernetesObject): Breakage[] {
  const seen = new Set<string>();
  const found: Breakage[] = [];
  const add = (what: string, steps: readonly Step[], value: unknown): void => {
    const title = `${document.kind}: ${what} ${pathOf(steps)}`;
    if (seen.has(title)) return;
    seen.add(title);
    found.push({ title, document: replaceAt(document, steps, value) as KubernetesObject });
  };
  const visit = (value: unknown, steps: readonly Step[]): void => {
    // with kind and version, the address of a request
    if (steps.join(".") === "metadata.namespace") return;
    if (steps.length > 0) add("no", steps, undefined);
    for (const [what, replace] of replacements) {
      const other = steps.length === 0 && what !== "an unknown field in" ? undefined : replace(value);
      if (other !== undefined) add(what, steps, other);
    }
    if (Array.isArray(value))
      value.forEach((item, index) => {
        visit(item, [...steps, index]);
      });
    else if (isObject(value)) for (const [name, field] of Object.entries(value)) visit(field, [...steps, name]);
  };
  add("an unknown field in", [], { ...document, keelsonz: "unknown" });
  for (const [name, field] of Object.entries(document)) if (name !== "apiVersion" && name !== "kind") visit(field, [name]);
  return found;
}

/** All items of a list are alike. */
function pathOf(steps: readonly Step[]): string {
  return steps.reduce<string>((path, step) => (typeof step === "number" ? `${path}[]` : joinPath(path, step)), "");
}

/** The value with something else in one place; `undefined` takes the place away. */
function replaceAt(value: unknown, [step, ...rest]: readonly Step[], other: unknown): unknown {
  if (step === undefined) return other;
  if (Array.isArray(value)) {
    const items = value as readonly unknown[];
    const changed = items.map((item, index) => (index === step ? replaceAt(item, rest, other) : item));
    return rest.length === 0 && other === undefined ? changed.filter((_, index) => index !== step) : changed;
  }
  const changed = { ...(value as Record<string, unknown>), [step]: replaceAt((value as Record<string, unknown>)[step], rest, other) };
  return Object.fromEntries(Object.entries(changed).filter(([, field]) => field !== undefined));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
