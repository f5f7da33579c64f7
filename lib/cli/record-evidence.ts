import { newObservations, observationLine, readEvidence } from "../evidence/evidence-file.ts";
import { observationsOf } from "../evidence/observe.ts";
import { appendLines } from "./append-lines.ts";
import type { Io } from "./io.ts";
import type { StatusReading } from "./open-status.ts";

/**
 * Appends to an evidence file what a look at a cluster tells that the last line of each Application does not.
 *
 * @throws UserError when the file holds something else, or its folder does not exist
 */
export function recordEvidence(file: string, { report, at }: StatusReading, io: Io): void {
  const seen = observationsOf(report, at.toISOString());
  const linesFor = (recorded: string): string[] => newObservations(readEvidence(recorded, file), seen).map(observationLine);
  const count = appendLines({ what: "evidence", file }, linesFor, io);
  if (count > 0) io.stderr(`recorded ${count} ${count === 1 ? "observation" : "observations"} in ${file}\n`);
}
