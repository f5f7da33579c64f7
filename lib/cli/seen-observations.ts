import { readEvidence } from "../evidence/evidence-file.ts";
import type { Observation } from "../evidence/observation.ts";
import { observationsOf } from "../evidence/observe.ts";
import type { Io } from "./io.ts";
import type { StatusReading } from "./open-status.ts";
import { readGivenFile } from "./read-given-file.ts";

/**
 * What was seen: by whoever kept a file of it, then by a look at a cluster.
 *
 * @param file - that `keelson status --evidence` wrote. @default there is none
 * @param reading - @default nobody looked
 * @throws UserError when the file cannot be read
 */
export function seenObservations(file: string | undefined, reading: StatusReading | undefined, io: Io): Observation[] {
  return [
    ...(file === undefined ? [] : readEvidence(readGivenFile(file, io).toString("utf8"), file)),
    ...(reading === undefined ? [] : observationsOf(reading.report, reading.at.toISOString())),
  ];
}
