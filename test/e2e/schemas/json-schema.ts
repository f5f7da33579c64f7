/** A JSON schema, as far as the API servers write one: in OpenAPI documents and in CustomResourceDefinitions. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  readonly default?: unknown;
  readonly nullable?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly [keyword: string]: unknown;
}

/** The schema of one kind in one version. */
export interface KindSchema {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly schema: JsonSchema;
}

/** Kinds, and the schemas that they refer to by name: `{ $ref: "PodSpec" }`. */
export interface SchemaSet {
  readonly kinds: readonly KindSchema[];
  readonly definitions: ReadonlyMap<string, JsonSchema>;
}
