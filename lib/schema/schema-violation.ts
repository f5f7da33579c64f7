/** A place of an object that an API server would not take. */
export interface SchemaViolation {
  /** As people write it: `spec.template.spec.containers[0].imagePullPolicy`; empty for the object itself. */
  readonly path: string;
  /** What is wrong, to be read after the path: `must be a string, got 8080`. */
  readonly message: string;
  /** What it may be meant to be. */
  readonly hint?: string;
}
