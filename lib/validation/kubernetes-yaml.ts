import { type Document, isMap, isNode, isSeq, LineCounter, type Node, type ParsedNode, parseAllDocuments, type Tags, visit } from "yaml";
import type { Issue } from "../manifest/issue.ts";
import { yamlMistake } from "../manifest/yaml-mistake.ts";
import { withoutNulls } from "../schema/without-nulls.ts";

/** A template that nobody has rendered. */
const templateAction = /\{\{-?\s/;

/** A document, or an item of a `kind: List`. */
export interface YamlValue {
  readonly value: unknown;
  /** Where it begins, 1-based. */
  readonly line: number;
}

/** Something that is wrong with the text itself. */
export interface YamlProblem extends Pick<Issue, "severity" | "message" | "hint"> {
  readonly line: number;
}

/** Where things stand in a text. */
type LineAt = (offset: number) => number;

/**
 * Reads YAML documents or JSON as Kubernetes does, which keeps to YAML 1.1: `yes` is a boolean, `0755` is octal. Lists (`kind: List`) become
 * their items, documents without content are left out, and so is a field that is null.
 */
export function readKubernetesYaml(text: string): { readonly values: readonly YamlValue[]; readonly problems: readonly YamlProblem[] } {
  const lines = new LineCounter();
  const lineAt: LineAt = (offset) => lines.linePos(offset).line;
  const [values, problems]: [YamlValue[], YamlProblem[]] = [[], []];
  for (const document of documentsOf(text, lines)) {
    const broken = document.errors.find(({ code }) => code !== "DUPLICATE_KEY");
    if (broken !== undefined) {
      const line = lineAt(broken.pos[0]);
      problems.push({ severity: "error", line, message: `the text is no YAML: ${inShort(broken.message)}`, ...hintOf(text, line) });
      continue;
    }
    problems.push(...doubtsOf(document, text, lineAt));
    const value = valueOf(document);
    const line = lineAt(document.contents?.range[0] ?? 0);
    if (value instanceof Error) problems.push({ severity: "error", line, message: `the text is no YAML: ${inShort(value.message)}` });
    else values.push(...itemsOf(value, document.contents, line, lineAt));
  }
  return { values, problems };
}

/** The documents that hold something. */
function documentsOf(text: string, lineCounter: LineCounter): Document.Parsed[] {
  const documents = parseAllDocuments(text, {
    ...{ lineCounter, version: "1.1", customTags: kubernetesTags, prettyErrors: false, logLevel: "error" },
  });
  if ("empty" in documents) return [];
  return documents.filter(({ contents, errors }) => errors.length > 0 || (contents !== null && contents.range[0] < contents.range[1]));
}

/** Without what YAML 1.1 has and Kubernetes has not: times, numbers to the base of sixty, bytes. */
function kubernetesTags(tags: Tags): Tags {
  return tags.filter(
    (tag) => typeof tag === "string" || !(tag.format === "TIME" || tag.tag.endsWith(":timestamp") || tag.tag.endsWith(":binary")),
  );
}

/** What can be read, and may be read otherwise than it was meant. */
function doubtsOf(document: Document.Parsed, text: string, lineAt: LineAt): YamlProblem[] {
  const problems: YamlProblem[] = document.errors.map(({ pos: [offset] }) => ({
    ...{ severity: "error", line: lineAt(offset), message: `the key '${keyAt(text, offset)}' stands twice in one map` },
    hint: "take one of the two out: only the last one counts",
  }));
  for (const { pos, message } of document.warnings) problems.push({ severity: "warning", line: lineAt(pos[0]), message: inShort(message) });
  visit(document, {
    Alias: (_key, { range }) => {
      problems.push({
        ...{ severity: "warning", line: lineAt(range?.[0] ?? 0), message: "an alias stands for what is written elsewhere" },
        hint: "write it out: who reviews this line does not see what it says",
      });
      // one is enough to say it
      return visit.BREAK;
    },
  });
  return problems;
}

function valueOf(document: Document.Parsed): unknown {
  try {
    return withoutNulls(document.toJS());
  } catch (error) {
    // an alias of an anchor that is not there, or that unfolds without end
    if (error instanceof ReferenceError) return error;
    throw error;
  }
}

function itemsOf(value: unknown, node: Node | ParsedNode | null, line: number, lineAt: LineAt): YamlValue[] {
  const { kind, items } = (value ?? {}) as { readonly kind?: unknown; readonly items?: unknown };
  if (typeof kind !== "string" || !kind.endsWith("List") || !Array.isArray(items)) return [{ value, line }];
  const list = isMap(node) ? node.get("items", true) : undefined;
  return items.flatMap((item, index) => {
    const own = isSeq(list) ? list.items[index] : undefined;
    return isNode(own) ? itemsOf(item, own, lineAt(own.range?.[0] ?? 0), lineAt) : itemsOf(item, null, line, lineAt);
  });
}

function keyAt(text: string, offset: number): string {
  const [key = ""] = /^[^:\n]*/.exec(text.slice(offset, offset + 200)) ?? [];
  return key.trim().replace(/^(["'])(.*)\1$/, "$2");
}

function hintOf(text: string, line: number): { readonly hint?: string } {
  if (!templateAction.test(text.split("\n", line).at(-1) ?? "")) return {};
  return { hint: "it is a template: check what it renders, as in 'helm template . | keelson validate -'" };
}

/** The library's words in our case. */
function inShort(message: string): string {
  return `${message.charAt(0).toLowerCase()}${yamlMistake(message.slice(1))}`;
}
