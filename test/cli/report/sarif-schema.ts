/**
 * What SARIF 2.1.0 asks of the properties that we write: its own schema has every object closed, and lists what must be there.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
const text = { type: "string", minLength: 1 };
const message = closed({ text, markdown: text }, ["text"]);

const artifactLocation = closed({
  // a relative reference: no scheme, no leading slash, nothing that would have to be escaped
  uri: { type: "string", pattern: "^(?![A-Za-z][A-Za-z0-9+.-]*:)(?!/)([A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})+$" },
  uriBaseId: text,
});

const physicalLocation = closed({ artifactLocation, region: closed({ startLine: { type: "integer", minimum: 1 } }) }, ["artifactLocation"]);

const location = closed({
  id: { type: "integer", minimum: -1 },
  physicalLocation,
  logicalLocations: list(closed({ fullyQualifiedName: text })),
  message,
});

const level = { enum: ["none", "note", "warning", "error"] };

const rule = closed(
  {
    id: text,
    shortDescription: message,
    fullDescription: message,
    help: message,
    defaultConfiguration: closed({ level }),
    properties: { type: "object", properties: { tags: list(text) } },
  },
  ["id"],
);

const suppression = closed(
  {
    kind: { enum: ["inSource", "external"] },
    status: { enum: ["accepted", "underReview", "rejected"] },
    justification: text,
    location,
  },
  ["kind"],
);

const result = closed(
  {
    ruleId: text,
    ruleIndex: { type: "integer", minimum: 0 },
    level,
    message,
    locations: { type: "array", items: location },
    relatedLocations: list(location),
    partialFingerprints: { type: "object", additionalProperties: text },
    suppressions: list(suppression),
  },
  ["message"],
);

export const sarifSchema = closed(
  {
    $schema: text,
    version: { const: "2.1.0" },
    runs: {
      type: "array",
      items: closed(
        {
          tool: closed({ driver: closed({ name: text, rules: list(rule) }, ["name"]) }, ["driver"]),
          columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
          results: { type: "array", items: result },
        },
        ["tool"],
      ),
    },
  },
  ["version", "runs"],
);

function closed(properties: object, required: readonly string[] = []): object {
  return { type: "object", additionalProperties: false, properties, required };
}

function list(items: object): object {
  return { type: "array", items, uniqueItems: true };
}
