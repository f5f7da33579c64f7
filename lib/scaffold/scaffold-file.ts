/** A file of a project as a scaffold wants it. */
export interface ScaffoldFile {
  /** From the project's root: `apps/shop/review-service.ts`. */
  readonly path: string;
  /** The whole content. */
  readonly text: string;
  /** Whether it is new, or one that is there already and is changed. */
  readonly kind: "create" | "change";
}

/** Reads a file of the project by its path from the root; `undefined` where there is none. */
export type ReadSource = (path: string) => string | undefined;
