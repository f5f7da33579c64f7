import { UserError } from "../errors/user-error.ts";

/** A part of a Go template. */
export type GoTemplateNode =
  | { readonly text: string }
  | { readonly field: readonly string[] }
  | { readonly condition: readonly string[]; readonly then: readonly GoTemplateNode[]; readonly otherwise: readonly GoTemplateNode[] };

type Token = { readonly text: string } | { readonly action: string; readonly source: string };

const field = /^(?:\.[A-Za-z_][A-Za-z0-9_]*)+$/;

/**
 * Reads the part of Go's template language that Keelson can evaluate.
 *
 * @param where - what the template is, for errors
 * @throws UserError when it uses anything else, or an `if` is not closed
 */
export function parseGoTemplate(template: string, where: string): readonly GoTemplateNode[] {
  return parseUntil([], tokenize(template, where), where).nodes;
}

function tokenize(template: string, where: string): Token[] {
  const tokens: Token[] = [];
  let rest = template;
  let trimNext = false;
  for (;;) {
    const start = rest.indexOf("{{");
    const text = trimNext ? trimStart(start < 0 ? rest : rest.slice(0, start)) : start < 0 ? rest : rest.slice(0, start);
    if (start < 0) return [...tokens, { text }];
    const end = rest.indexOf("}}", start + 2);
    if (end < 0) throw new UserError(`${where} has a '{{' that is not closed`);
    const inner = rest.slice(start + 2, end);
    const trimBefore = /^-[ \t\r\n]/.test(inner);
    const body = trimBefore ? inner.slice(2) : inner;
    trimNext = /[ \t\r\n]-$/.test(body);
    tokens.push({ text: trimBefore ? trimEnd(text) : text });
    tokens.push({ action: (trimNext ? body.slice(0, -2) : body).replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ""), source: `{{${inner}}}` });
    rest = rest.slice(end + 2);
  }
}

/** Takes tokens off the list up to one that ends the block, and says which one that was; without such tokens, up to the end. */
function parseUntil(
  stops: readonly string[],
  tokens: Token[],
  where: string,
): { readonly nodes: readonly GoTemplateNode[]; readonly stop?: string } {
  const nodes: GoTemplateNode[] = [];
  for (let token = tokens.shift(); token !== undefined; token = tokens.shift()) {
    if ("text" in token) {
      nodes.push(token);
    } else if (stops.includes(token.action)) {
      return { nodes, stop: token.action };
    } else {
      nodes.push(parseAction(token, tokens, where));
    }
  }
  if (stops.length > 0) throw new UserError(`${where} has an 'if' without an 'end'`);
  return { nodes };
}

function parseAction(token: { readonly action: string; readonly source: string }, tokens: Token[], where: string): GoTemplateNode {
  if (field.test(token.action)) return { field: names(token.action) };
  const condition = /^if[ \t\r\n]+(\S+)$/.exec(token.action)?.[1];
  if (condition === undefined || !field.test(condition)) {
    throw new UserError(`${where} uses '${token.source}', which cannot be evaluated offline`, {
      hint: "use {{ .field }}, {{ if .field }}, {{ else }} and {{ end }} only",
    });
  }
  const { nodes: then, stop } = parseUntil(["else", "end"], tokens, where);
  const otherwise = stop === "else" ? parseUntil(["end"], tokens, where).nodes : [];
  return { condition: names(condition), then, otherwise };
}

function names(path: string): readonly string[] {
  return path.slice(1).split(".");
}

function trimStart(text: string): string {
  return text.replace(/^[ \t\r\n]+/, "");
}

function trimEnd(text: string): string {
  return text.replace(/[ \t\r\n]+$/, "");
}
