import type { Definitions } from "../definition/definitions.ts";
import type { LineInput } from "../synth/line.ts";
import { readAllImagePins } from "./read-image-pins.ts";
import { readAllSealedValues } from "./read-sealed-values.ts";

/**
 * What goes into the line: definitions, and the files of each environment that programs write.
 *
 * @param root - the project's folder
 * @throws UserError when an environment has no `images.yaml`
 */
export function readLineInput(definitions: Definitions, root: string): LineInput {
  const { environments } = definitions;
  return { definitions, pins: readAllImagePins(root, environments), sealed: readAllSealedValues(root, environments) };
}
