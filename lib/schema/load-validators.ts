// by another name: the bundle has one of that name already
import { createRequire as requireFrom } from "node:module";
import type { KubernetesObject } from "../manifest/manifest.ts";

/** One thing that a compiled schema has against an object. */
export interface SchemaError {
  /** Where, as a JSON pointer. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params?: Readonly<Record<string, unknown>>;
  /** Whether it was found in one branch of a choice, another of which may hold. */
  readonly branch?: boolean;
}

/** A compiled schema: `false` where it has something against an object, and then `errors` says what. */
export interface Validator {
  (document: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}

/** A module of `generated/`: by API version and kind, `apps/v1/Deployment`. */
type Validators = Readonly<Record<string, Validator>>;

const load = requireFrom(import.meta.url);
const found = new Map<string, Map<string, Validator | undefined>>();

/** The compiled schema of an object's kind, loaded with others of its API group when the first object asks for it. */
export function validatorOf({ apiVersion, kind }: Pick<KubernetesObject, "apiVersion" | "kind">): Validator | undefined {
  const kinds = found.get(apiVersion) ?? new Map<string, Validator | undefined>();
  if (kinds.has(kind)) return kinds.get(kind);
  const key = `${apiVersion}/${kind}`;
  const files = load("#schemas/files") as Readonly<Record<string, string>>;
  const file = Object.hasOwn(files, key) ? files[key] : undefined;
  const validator = file === undefined ? undefined : (load(`#schemas/${file}`) as Validators)[key];
  found.set(apiVersion, kinds.set(kind, validator));
  return validator;
}
