import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import { addKeywords } from "./ajv-keywords.ts";
import type { JsonSchema, SchemaSet } from "./json-schema.ts";

/** Compiles kinds into one module: it exports, by API version and kind, a function that judges an object. */
export async function compileValidators({ kinds, definitions }: SchemaSet): Promise<string> {
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    messages: false,
    inlineRefs: false,
    validateFormats: true,
    unicodeRegExp: false,
    ownProperties: false,
    code: { source: true, optimize: 2 },
  });
  addKeywords(ajv);
  const exported: Record<string, string> = {};
  const reached = new Set<string>();
  const add = (name: string, schema: JsonSchema): void => {
    if (reached.has(name)) return;
    reached.add(name);
    ajv.addSchema({ ...schema, $id: name });
    for (const reference of referencesIn(schema)) add(reference, definitions.get(reference) ?? {});
  };
  for (const { group, version, kind, schema } of kinds) {
    const apiVersion = group === "" ? version : `${group}/${version}`;
    // an identifier with a slash would be a base for others
    const id = schema.$ref ?? `${apiVersion.replace("/", "~")}~${kind}`;
    add(id, definitions.get(id) ?? schema);
    exported[`${apiVersion}/${kind}`] = id;
  }
  const code = shorten(standalone.default(ajv, exported));
  return minify(code);
}

function referencesIn(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  // a field may be called so, too
  if ("$ref" in schema && typeof schema.$ref === "string") return [schema.$ref];
  return Object.values(schema).flatMap(referencesIn);
}

/** Notes one error; what the compiler writes out at every place. */
const noteError = `function note(errors, instancePath, keyword, params, branch) {
  const error = { instancePath, keyword, params, branch };
  if (errors === null) return [error];
  errors.push(error);
  return errors;
}`;

/**
 * Leaves out what nobody reads: where a rule stands in its schema (but whether it is a branch of a choice), and all that is handed from one function to the
 * next beside the path. Less than half of the size, and no object for each call.
 */
function shorten(code: string): string {
  const shortened = code
    .replace(/,schemaPath:"([^"]*)"/g, (_, path: string) => (/\/(oneOf|anyOf)\/\d/.test(path) ? ",branch:true" : ""))
    .replace(
      /, ?\{instancePath="", ?parentData, ?parentDataProperty, ?rootData=data(, ?dynamicAnchors=\{\})?\}=\{\}\)/g,
      ', instancePath="")',
    )
    .replace(
      /const (err\d+) = \{instancePath(?::(.+?))??(,branch:true)?,keyword:("\w+"),params:(\{.*?\})\};if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}/g,
      (_, _name, path = "instancePath", branch: string | undefined, keyword: string, params: string) =>
        `vErrors = note(vErrors, ${path as string}, ${keyword}, ${params}${branch === undefined ? "" : ", true"});`,
    )
    .replace(/const (err\d+) = \{\};if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}/g, "vErrors = note(vErrors);")
    .replace(/\{instancePath:(.+?),parentData:[^{}]*?rootData(?:,dynamicAnchors)?\}/g, "$1");
  // an update of the compiler that writes otherwise is to be seen, not to be shipped
  const left = /schemaPath|parentData|vErrors\.push/.exec(shortened);
  if (left !== null)
    throw new Error(`the compiler writes '${shortened.slice(left.index - 80, left.index + 40)}' in a way that is not known here`);
  return shortened.replace('"use strict";', `"use strict";${noteError}`);
}

async function minify(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname, loader: "js" },
    bundle: true,
    write: false,
    minify: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    legalComments: "none",
    logLevel: "error",
  });
  return outputFiles[0]?.text ?? "";
}
