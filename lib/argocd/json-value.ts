/** What JSON can say, without `null`. */
export type JsonValue = string | number | boolean | readonly JsonValue[] | JsonObject;

/** A JSON object without `null`. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}
