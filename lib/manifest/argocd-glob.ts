/**
 * How Argo CD reads a pattern: `path` and `text` as the globs of sources (`*` stops at `/`) and of destinations (it does not), `**`, `{a,b}` and `[!a]`
 * included; `kind` as the patterns of kinds, groups and names, without those.
 */
export type GlobDialect = "path" | "text" | "kind";

const meta = /[*?[\\{]/;

/** A part of a pattern that means one thing. */
const part = /\\[^]|\*+|\[[^\]]+\]|[^]/g;

/** By dialect and pattern: some dozen patterns meet thousands of texts. */
const compiled = new Map<string, RegExp | undefined>();

/** Whether a pattern says more than one text. */
export function isGlob(pattern: string): boolean {
  return meta.test(pattern);
}

/**
 * Whether a text fits a pattern of an AppProject; a pattern that is none fits nothing, as in Argo CD. A leading `!` is the caller's to take off.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/projects/#managing-projects
 */
export function matchesGlob(pattern: string, text: string, dialect: GlobDialect): boolean {
  if (!meta.test(pattern)) return pattern === text;
  const key = `${dialect} ${pattern}`;
  if (!compiled.has(key)) compiled.set(key, compile(pattern, dialect));
  return compiled.get(key)?.test(text) ?? false;
}

function compile(pattern: string, dialect: GlobDialect): RegExp | undefined {
  const parts = pattern.match(part) ?? [];
  // what Argo CD cannot read, it does not match either
  if (parts.some((one) => one === "[" || one === "\\")) return undefined;
  try {
    return new RegExp(`^(?:${dialect === "kind" ? plain(parts, "kind") : withAlternatives(parts, dialect)})$`, "u");
  } catch {
    return undefined;
  }
}

function withAlternatives(parts: readonly string[], dialect: GlobDialect): string {
  let depth = 0;
  const sources = parts.map((one) => {
    if (one === "{") depth++;
    else if (depth > 0 && one === ",") return "|";
    else if (depth > 0 && one === "}") depth--;
    else return plain([one], dialect);
    return one === "{" ? "(?:" : ")";
  });
  return sources.join("");
}

function plain(parts: readonly string[], dialect: GlobDialect): string {
  const one = dialect === "text" ? "[^]" : "[^/]";
  return parts
    .map((text) => {
      if (text === "?") return one;
      if (text.startsWith("*")) return `${text.length > 1 && dialect !== "kind" ? "[^]" : one}*`;
      if (text.startsWith("[")) return characterClass(text.slice(1, -1), dialect === "kind" ? "^" : "!");
      return escaped(text.slice(-1));
    })
    .join("");
}

function characterClass(content: string, negation: string): string {
  const negated = content.startsWith(negation);
  return `[${negated ? "^" : ""}${(negated ? content.slice(1) : content).replace(/[\\\]^[]/g, "\\$&")}]`;
}

function escaped(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
}
