import type { KubernetesObject } from "../../manifest/manifest.ts";
import { joinPath } from "../../manifest/join-path.ts";
import { secretAssignedIn } from "./secret-assignment.ts";
import { mayBeSecret, secretInText } from "./secret-in-text.ts";
import { isLiteral, promisesSecret } from "./secret-name.ts";

/** A secret that stands in a document for everybody to read. */
export interface PlaintextSecret {
  /** Where, as people write it: `spec.template.spec.containers[0].env[1].value`. */
  readonly path: string;
  /** What it looks like, without giving it away. */
  readonly what: string;
  /** The text itself, to compare and never to show. */
  readonly text: string;
}

/** Names of objects, what selects them, and ciphertext: nobody's secret, and most of what there is to read. */
const skipped: ReadonlySet<string> = new Set(["labels", "matchLabels", "selector", "image", "managedFields", "encryptedData", "sops"]);

/** Kinds of numbers, names and selectors alone: of them only the annotations are free text. */
const withoutText: ReadonlySet<string> = new Set([
  "HorizontalPodAutoscaler",
  "LimitRange",
  "NetworkPolicy",
  "PodDisruptionBudget",
  "ResourceQuota",
  "ServiceAccount",
]);

/**
 * Looks for secrets in documents. One for all of them: texts come back in thousands of documents, and each is judged once.
 */
export class PlaintextScan {
  readonly #texts = new Map<string, string>();
  readonly #names = new Map<string, boolean>();
  readonly #path: (string | number)[] = [];
  #found: PlaintextSecret[] = [];

  /** Every secret in a document, once a place. */
  secretsIn(document: KubernetesObject): readonly PlaintextSecret[] {
    this.#found = [];
    if (withoutText.has(document.kind)) this.#visitMap({ metadata: { annotations: document.metadata.annotations } });
    else this.#visitMap(document);
    if (document.kind === "ConfigMap") this.#visitNamed(document.data, "data");
    else this.#visitTemplates(document);
    return this.#found;
  }

  #visitMap(map: Readonly<Record<string, unknown>>): void {
    for (const key in map) {
      const value = map[key];
      if (typeof value === "string") {
        if (mayBeSecret(value)) this.#visitText(value, key);
        if (key === "value") this.#visitNamedValue(map.name, value);
        if (key === "values") this.#visitAssignments(value, key);
      } else if (typeof value === "object" && value !== null && !skipped.has(key)) {
        this.#path.push(key);
        if (Array.isArray(value)) this.#visitList(value, key);
        else {
          this.#visitMap(value as Readonly<Record<string, unknown>>);
          if (key === "valuesObject") this.#visitValues(value);
        }
        this.#path.pop();
      }
    }
  }

  #visitList(list: readonly unknown[], name?: string): void {
    for (let index = 0; index < list.length; index++) {
      const item = list[index];
      if (typeof item === "string") {
        if (mayBeSecret(item)) this.#visitText(item, index);
      } else if (typeof item === "object" && item !== null) {
        this.#path.push(index);
        if (Array.isArray(item)) this.#visitList(item);
        else this.#visitMap(item as Readonly<Record<string, unknown>>);
        this.#path.pop();
      }
    }
    if (name === "args" || name === "command") this.#visitArguments(list);
  }

  #visitText(text: string, step: string | number): void {
    let what = this.#texts.get(text);
    if (what === undefined) {
      what = secretInText(text) ?? "";
      this.#texts.set(text, what);
    }
    if (what !== "") this.#add(what, text, step);
  }

  /** An environment variable, a header, a parameter. */
  #visitNamedValue(name: unknown, value: string): void {
    if (typeof name === "string" && this.#promises(name) && isLiteral(value)) this.#add(`the value of '${name}'`, value, "value");
  }

  /** Values of a chart, in the text of an Application's `helm.values`. */
  #visitAssignments(text: string, step: string): void {
    const name = secretAssignedIn(text, "=:");
    if (name !== undefined) this.#add(`the value of '${name}'`, text, step);
  }

  /** The same as a map, at every depth. */
  #visitValues(values: object, ...path: readonly string[]): void {
    for (const [key, value] of Object.entries(values)) {
      if (typeof value === "object" && value !== null) this.#visitValues(value as object, ...path, key);
      else if (typeof value === "string" && this.#promises(key) && isLiteral(value))
        this.#add(`the value of '${key}'`, value, ...path, key);
    }
  }

  /** `--password=…`, `--password …`, and assignments in a script. */
  #visitArguments(list: readonly unknown[]): void {
    list.forEach((argument, index) => {
      if (typeof argument !== "string") return;
      const option = /^--?([A-Za-z][\w.-]*)$/.exec(argument)?.[1];
      const next = list[index + 1];
      if (option === undefined) {
        const name = secretAssignedIn(argument, "=");
        if (name !== undefined) this.#add(`the value of '${name}'`, argument, index);
      } else if (typeof next === "string" && !next.startsWith("-") && this.#promises(option) && isLiteral(next)) {
        this.#add(`the value of '${option}'`, next, index + 1);
      }
    });
  }

  /** The keys of a map that people name: a ConfigMap's, or those of a template for a Secret. */
  #visitNamed(data: unknown, ...path: readonly string[]): void {
    if (typeof data !== "object" || data === null) return;
    for (const [key, value] of Object.entries(data)) {
      if (typeof value !== "string") continue;
      const assigned = this.#promises(key) && isLiteral(value) ? key : secretAssignedIn(value, "=:");
      if (assigned !== undefined) this.#add(`the value of '${assigned}'`, value, ...path, key);
    }
  }

  #visitTemplates({ spec }: KubernetesObject): void {
    const { template, target } = (spec ?? {}) as {
      readonly template?: { readonly data?: unknown };
      readonly target?: { readonly template?: { readonly data?: unknown } };
    };
    if (template?.data !== undefined) this.#visitNamed(template.data, "spec", "template", "data");
    if (target?.template?.data !== undefined) this.#visitNamed(target.template.data, "spec", "target", "template", "data");
  }

  #promises(name: string): boolean {
    let promises = this.#names.get(name);
    if (promises === undefined) {
      promises = promisesSecret(name);
      this.#names.set(name, promises);
    }
    return promises;
  }

  /** What its looks tell comes first, and is not told again by its name. */
  #add(what: string, text: string, ...rest: readonly (string | number)[]): void {
    const path = [...this.#path, ...rest].reduce<string>(joinPath, "");
    if (!this.#found.some((secret) => secret.path === path)) this.#found.push({ path, what, text });
  }
}
