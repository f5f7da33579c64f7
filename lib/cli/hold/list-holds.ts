import type { Definitions } from "../../definition/definitions.ts";
import { hasEnded, type Hold } from "../../hold/hold.ts";
import type { OutputFormat } from "../common-options.ts";
import { shownUntil } from "../given-until.ts";
import { holdAsJson } from "../hold-as-json.ts";
import type { Io } from "../io.ts";
import { namedEnvironment } from "../named-service.ts";
import { printIssues } from "../print-issues.ts";
import { printJson } from "../print-json.ts";
import { projectFiles } from "../project-files.ts";
import { readAllHolds } from "../read-holds.ts";
import { printable, printTable } from "../table.ts";

/** What is listed, and how. */
export interface ListHoldsOptions {
  /** @default all of them */
  readonly environment?: readonly string[];
  readonly output: OutputFormat;
}

interface ListedHold {
  readonly environment: string;
  readonly hold: Hold;
}

/**
 * Prints the holds of environments, ended ones too.
 *
 * @returns 1 when a line of theirs cannot be read
 * @throws UserError when there is no such environment
 */
export function listHolds(definitions: Definitions, { environment: wanted = [], output }: ListHoldsOptions, io: Io): number {
  for (const name of wanted) namedEnvironment(definitions, name);
  const environments = definitions.environments.filter(({ definition }) => wanted.length === 0 || wanted.includes(definition.name));
  const all = [...readAllHolds(projectFiles(io.root), environments)];
  const issues = all.flatMap(([, { issues: own }]) => own);
  const listed = all.flatMap(([environment, { holds }]) => [...holds.values()].map((hold) => ({ environment, hold })));
  const now = io.now().toISOString();
  printIssues(issues, io);
  if (output === "json") {
    const result = listed.map(({ environment, hold }) => ({ environment, ...holdAsJson(hold, now) }));
    printJson(result, io);
  } else if (listed.length === 0) io.stdout("nothing is held\n");
  else {
    const rows = listed.map((entry) => cellsOf(entry, now));
    printTable(["ENVIRONMENT", "TARGET", "UNTIL", "BY", "TICKET", "REASON"], rows, io);
  }
  return issues.length > 0 ? 1 : 0;
}

function cellsOf({ environment, hold }: ListedHold, now: string): string[] {
  const until = `${shownUntil(hold.until)}${hasEnded(hold, now) ? " (ended)" : ""}`;
  return [environment, hold.target, until, hold.by, hold.ticket ?? "-", hold.reason].map(printable);
}
