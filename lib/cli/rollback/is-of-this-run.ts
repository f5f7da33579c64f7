import { deliveryFacts } from "../../history/delivery-facts.ts";
import type { Candidates } from "../../rollback/candidate.ts";
import type { RollbackOptions } from "./rollback-options.ts";

/** Whether the pins went back already by the very same pipeline run: a job that is started again goes back no further. */
export function isOfThisRun({ present }: Pick<Candidates, "present">, { run }: Pick<RollbackOptions, "run">): boolean {
  if (present === undefined || run === undefined) return false;
  const facts = deliveryFacts(present.origin);
  return facts.action === "rollback" && facts.run === run.trim();
}
