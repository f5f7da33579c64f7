import { Fields } from "../cluster/fields.ts";
import { parseJson } from "../cluster/parse-json.ts";
import { wholeSecond } from "../definition/instant.ts";
import { UserError } from "../errors/user-error.ts";
import type { Observation } from "./observation.ts";

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const commit = /^[0-9a-f]{40,64}$/;

/**
 * Reads an evidence file: one JSON object a line, oldest first.
 *
 * @param file - its name, for the error
 * @throws UserError when a line is no observation
 */
export function readEvidence(text: string, file: string): Observation[] {
  return text
    .replace(/^\ufeff/, "")
    .split("\n")
    .flatMap((line, index) => (line.trim() === "" ? [] : [readObservation(line, `${file}:${index + 1}`)]));
}

/** The observations that differ from the last one of their Application. */
export function newObservations(recorded: readonly Observation[], seen: readonly Observation[]): Observation[] {
  const last = new Map(recorded.map((observation) => [identity(observation), observation]));
  return seen.filter((observation) => {
    const before = last.get(identity(observation));
    return before === undefined || JSON.stringify({ ...before, at: "" }) !== JSON.stringify({ ...observation, at: "" });
  });
}

/** An observation as a line says it. */
export function observationLine(observation: Observation): string {
  return `${JSON.stringify(observation)}\n`;
}

function readObservation(line: string, place: string): Observation {
  const [value, fields] = [parseJson(line), new Fields(parseJson(line))];
  const refused = (why: string): UserError =>
    new UserError(`the line '${place}' is not an observation: ${why}`, {
      hint: "mend or remove that line; `keelson status --evidence <file>` writes such files",
    });
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw refused("it is not one JSON object");
  const text = (name: keyof Observation): string => {
    const found = fields.text(name);
    if (found === undefined) throw refused(`it has no '${name}'`);
    return found;
  };
  const [at, revision] = [text("at"), text("revision")];
  if (!time.test(at)) throw refused(`'at' is no time in UTC, got '${at}'`);
  if (!commit.test(revision)) throw refused(`'revision' is no full commit id, got '${revision}'`);
  const images = fields.texts("images");
  return {
    at: wholeSecond(at),
    application: text("application"),
    environment: text("environment"),
    system: text("system"),
    path: text("path"),
    revision,
    sync: text("sync"),
    health: text("health"),
    ...(fields.flag("unsettled") && { unsettled: true as const }),
    ...(images.length > 0 && { images }),
  };
}

function identity({ environment, system, path, application }: Observation): string {
  return `${environment} ${system} ${path} ${application}`;
}
