import type { Definitions } from "../../definition/definitions.ts";
import type { Io } from "../io.ts";
import { branchEdit } from "./branch-edit.ts";
import { commitEdit } from "./commit-edit.ts";
import type { Landing, LandingJob } from "./landing.ts";
import type { LandingOptions } from "./landing-options.ts";
import { pushEdit } from "./push-edit.ts";
import { writeEdit } from "./write-edit.ts";

/**
 * Brings an edit into the repository, as one commit with everything that is rendered from it: pins and `dist/` never part.
 * Where somebody else pushed first, what they pushed is taken and the edit planned anew on top of it: never a rebase, never a merge.
 *
 * @param plan - called again after each lost race; must not write anything
 * @throws UserError before anything has changed, when the clone is in no state for it
 */
export function landEdit<T>(definitions: Definitions, plan: LandingJob<T>["plan"], options: LandingOptions, io: Io): Promise<Landing<T>> {
  const job: LandingJob<T> = { definitions, plan, options, io };
  if (options.push === true) return pushEdit(job);
  if (options.branch !== undefined) return branchEdit(job, options.branch);
  return options.commit === true ? commitEdit(job) : writeEdit(job);
}
