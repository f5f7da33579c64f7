import { nearestNames } from "../errors/nearest-names.ts";
import { UserError } from "../errors/user-error.ts";
import { type GoTemplateNode, parseGoTemplate } from "./go-template-parser.ts";
import type { JsonObject, JsonValue } from "./json-value.ts";

/**
 * Evaluates a Go template as the applicationset controller does with `missingkey=error`, for the part of the language that Keelson knows: `{{ .field }}`,
 * `{{ .field.inner }}`, `{{ if .field }} … {{ else }} … {{ end }}`, and the trim markers `{{-` and `-}}`.
 *
 * @param where - what the template is, for errors: `templatePatch`
 * @throws UserError when it uses anything else, a parameter that is missing, or one that has no text
 * @see https://pkg.go.dev/text/template
 */
export function renderGoTemplate(template: string, parameters: JsonObject, where: string): string {
  return render(parseGoTemplate(template, where), parameters, where);
}

function render(nodes: readonly GoTemplateNode[], parameters: JsonObject, where: string): string {
  return nodes
    .map((node) => {
      if ("text" in node) return node.text;
      if ("field" in node) return print(lookUp(node.field, parameters, where), node.field, where);
      return render(isTrue(lookUp(node.condition, parameters, where)) ? node.then : node.otherwise, parameters, where);
    })
    .join("");
}

function lookUp(field: readonly string[], parameters: JsonObject, where: string): JsonValue {
  return field.reduce<JsonValue>((value, name, index) => {
    if (!isObject(value))
      throw new UserError(`${where} uses '.${field.join(".")}', but '.${field.slice(0, index).join(".")}' has no fields`);
    const inner = Object.hasOwn(value, name) ? value[name] : undefined;
    if (inner !== undefined) return inner;
    throw new UserError(`${where} uses '.${field.join(".")}', but the element has no '.${field.slice(0, index + 1).join(".")}'`, {
      hint: `give it to every element; there is ${nearestNames(name, Object.keys(value))}`,
    });
  }, parameters);
}

function print(value: JsonValue, field: readonly string[], where: string): string {
  if (typeof value === "string" || typeof value === "boolean") return String(value);
  // Go writes a million as `1e+06`.
  if (typeof value === "number" && Number.isSafeInteger(value) && Math.abs(value) < 1e6) return String(value);
  throw new UserError(
    `${where} writes '.${field.join(".")}', which is neither text, nor a whole number below a million, nor true or false`,
    {
      hint: "give it as text",
    },
  );
}

function isTrue(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isObject(value) ? Object.keys(value).length > 0 : Boolean(value);
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && !Array.isArray(value);
}
