import { checkDataTypes, DataType } from "ajv/dist/compile/validate/dataType.js";
import type { JSONType } from "ajv/dist/compile/rules.js";
import { _, type Ajv, type Code, type KeywordCxt, type Name, stringify } from "ajv";

/** Values of the formats that an API server judges. */
const formats: Readonly<Record<string, RegExp>> = {
  byte: /^(?:(?:[A-Za-z0-9+/][\r\n]*){4})*(?:(?:[A-Za-z0-9+/][\r\n]*){2}==|(?:[A-Za-z0-9+/][\r\n]*){3}=)?[\r\n]*$/,
  "date-time":
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/,
  ipv4: /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/,
  ipv6: /^(?=.*:)[0-9A-Fa-f:.]+$/,
  quantity: /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/,
};

/** Teaches the compiler what JSON schemas do not say: closed objects that remember what they know, lists by key, Kubernetes' formats. */
export function addKeywords(ajv: Ajv): void {
  for (const [name, format] of Object.entries(formats)) ajv.addFormat(name, format);
  ajv.addKeyword({
    keyword: "knownFields",
    type: "object",
    schemaType: "array",
    error: { message: "", params: ({ params }) => _`{field: ${params.field}, known: ${params.known}}` },
    code: knownFields,
  });
  ajv.addKeyword({
    keyword: "choices",
    schemaType: "array",
    error: { message: "", params: ({ params }) => _`{choices: ${params.choices}}` },
    code: choices,
  });
  ajv.addKeyword({
    keyword: "types",
    schemaType: "array",
    error: { message: "", params: ({ schema }) => _`{type: ${(schema as readonly string[]).join(" or ")}}` },
    code: (cxt) => {
      cxt.fail(checkDataTypes(cxt.schema as JSONType[], cxt.data, true, DataType.Wrong));
    },
  });
  ajv.addKeyword({
    keyword: "uniqueBy",
    type: "array",
    schemaType: "array",
    error: { message: "", params: ({ params }) => _`{index: ${params.index}}` },
    code: uniqueBy,
  });
}

/** A set is smaller than a row of comparisons, shared between objects of the same fields, and read when there is something to report. */
function knownFields(cxt: KeywordCxt): void {
  const { gen, data } = cxt;
  const known = setOf(cxt);
  gen.forIn("field", data, (field) => {
    gen.if(_`!${known}.has(${field})`, () => {
      cxt.setParams({ field, known });
      cxt.error();
    });
  });
}

function choices(cxt: KeywordCxt): void {
  const { gen, data } = cxt;
  const values = setOf(cxt);
  gen.if(_`!${values}.has(${data})`, () => {
    cxt.setParams({ choices: values });
    cxt.error();
  });
}

/** The set that a keyword names, once in a module. */
function setOf({ gen, schema }: KeywordCxt): Name {
  const key = JSON.stringify(schema);
  return gen.scopeValue("obj", { ref: key, key, code: _`new Set(${stringify(schema)})` });
}

/** Two items with the same values of these fields, or the same value where no field is named. */
function uniqueBy(cxt: KeywordCxt): void {
  const { gen, data } = cxt;
  const keys = cxt.schema as readonly (readonly [string, unknown])[];
  gen.if(_`${data}.length > 1`, () => {
    const seen = gen.const("seen", _`new Set()`);
    gen.forRange("index", 0, _`${data}.length`, (index) => {
      const item = gen.const("item", _`${data}[${index}]`);
      const parts = keys.map(([field, otherwise]) => _`${item}?.[${field}] ?? ${stringify(otherwise)}`);
      const row = (list: readonly Code[]): Code => list.reduce((all, part) => _`${all}, ${part}`);
      const key = gen.const("key", parts.length > 1 ? _`JSON.stringify([${row(parts)}])` : (parts[0] ?? item));
      gen.if(_`${seen}.has(${key})`, () => {
        cxt.setParams({ index });
        cxt.error();
      });
      gen.code(_`${seen}.add(${key})`);
    });
  });
}
