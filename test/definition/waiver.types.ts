// What must not compile. `tsc` judges this file: an expected error that does not come is itself an error.
import { waive } from "../../lib/definition/waiver.ts";

const terms = { reason: "the supplier's image asks for it", until: "2027-06-30" };

export const waivers = {
  known: waive("secret-exists", terms),
  // @ts-expect-error: no rule has this id
  unknown: waive("secret-exist", terms),
  // @ts-expect-error: what other stages find cannot be waived
  ofAnotherStage: waive("image-pins", terms),
  // @ts-expect-error: nothing is waived without a reason
  withoutReason: waive("secret-exists", { until: "2027-06-30" }),
  // @ts-expect-error: nothing is waived for ever
  withoutEnd: waive("secret-exists", { reason: "the supplier's image asks for it" }),
  // @ts-expect-error: environments are named by reference
  environmentByName: waive("secret-exists", { ...terms, environments: ["dev"] }),
};
