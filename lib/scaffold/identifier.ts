/** What a constant cannot be called, beside what strict mode and modules reserve. */
const reserved: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if " +
    "implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof " +
    "undefined var void while with yield"
  ).split(" "),
);

/**
 * The constant that holds a definition: `order-service` → `orderService`.
 *
 * @param name - letters, digits and `-`, starting with a letter
 * @param suffix - joins it where the name alone is a word of the language: `new` → `newService`
 */
export function identifierOf(name: string, suffix: string): string {
  const identifier = name.replace(/-+([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
  return reserved.has(identifier) ? `${identifier}${suffix}` : identifier;
}
