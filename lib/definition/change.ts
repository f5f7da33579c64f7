import type { Value } from "./value.ts";

/**
 * A typed change to `T`: plain objects change key by key at every depth; lists, scalars and values ({@link Value}) are replaced whole;
 * what is left out stays; `undefined` on an optional key restores the construct's default.
 */
export type Change<T> = T extends Value | readonly unknown[] | string | number | boolean | null | undefined
  ? T
  : { readonly [Key in keyof T]?: Change<T[Key]> };
