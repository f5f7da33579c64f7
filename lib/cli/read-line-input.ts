import type { Definitions } from "../definition/definitions.ts";
import type { LineInput } from "../synth/line.ts";
import type { ProjectFiles } from "./project-files.ts";
import { readAllHolds } from "./read-holds.ts";
import { readAllImagePins } from "./read-image-pins.ts";
import { readAllSealedValues } from "./read-sealed-values.ts";

/**
 * What goes into the line: definitions, and the files of each environment that programs write.
 *
 * @throws UserError when an environment has no `images.yaml`
 */
export function readLineInput(definitions: Definitions, project: ProjectFiles): Required<LineInput> {
  const { environments } = definitions;
  return {
    definitions,
    pins: readAllImagePins(project, environments),
    sealed: readAllSealedValues(project, environments),
    holds: readAllHolds(project, environments),
  };
}
