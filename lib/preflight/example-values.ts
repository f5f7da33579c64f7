/**
 * What the shipped example says where a real project says its own: the organization's name, and names under `.example`, which nobody can
 * own.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2606
 */
export const exampleValue = /(^|[^a-z0-9])acme([^a-z0-9]|$)|\.example([^a-z0-9.]|$)/i;

/** Every text in a value that an example value is part of. */
export function exampleTexts(value: unknown): string[] {
  if (typeof value === "string") return exampleValue.test(value) ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(exampleTexts);
}
