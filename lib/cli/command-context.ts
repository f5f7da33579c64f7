import type { Definitions } from "../definition/definitions.ts";
import type { Io } from "./io.ts";

/** What every command is handed. */
export interface CommandContext {
  readonly definitions: Definitions;
  readonly io: Io;
  /** Says how the command ended: 0 nothing to report, 1 findings or differences, 2 could not run. */
  readonly done: (exitCode: number) => void;
}
