import type { Definitions } from "../../definition/definitions.ts";
import { nearestNames } from "../../errors/nearest-names.ts";
import { UserError } from "../../errors/user-error.ts";
import { imagePolicyProblem } from "../../image/image-policy.ts";
import { pinKeysOf } from "../../image/pin-keys.ts";
import { registryProblem } from "../../image/registry-problem.ts";
import { wantedImage } from "../../image/wanted-image.ts";
import { takenPins } from "../../synth/taken-pins.ts";
import type { ProjectFiles } from "../project-files.ts";
import { readLineInput } from "../read-line-input.ts";
import type { WantedPin } from "./wanted-pins.ts";

/**
 * Makes sure that each image comes from its system's registry, before anybody asks that.
 *
 * @throws UserError on the first that does not
 */
export function requireRegistries({ organization }: Definitions, wanted: readonly WantedPin[]): void {
  for (const pin of wanted)
    requireNone(pin, organization.registry, registryProblem(pin.reference, pin.system.registry ?? organization.registry));
}

/**
 * Makes sure that each image is what its environment takes, and that each pin is one that its service has there.
 *
 * @throws UserError on the first that is not
 */
export function requireFitting(definitions: Definitions, wanted: readonly WantedPin[], project: ProjectFiles): void {
  const { registry } = definitions.organization;
  for (const pin of wanted) requireNone(pin, registry, imagePolicyProblem(pin.reference, pin.policy.images));
  const input = readLineInput(definitions, project);
  for (const { system, service, environment, text } of wanted) {
    const taken = takenPins(input, { system: system.name, environment: environment.name });
    if (taken.has(text)) continue;
    const own = pinKeysOf({ pins: new Map([...taken].map((key) => [key, key])) }, system.name, service.name);
    throw new UserError(`'${text}' is no pin that '${system.name}/${service.name}' has in '${environment.name}'`, {
      hint: own.length === 0 ? "it runs no image there" : `its pins are: ${nearestNames(text, own)}`,
    });
  }
}

function requireNone(
  { text, reference, system, policy, environment, container, service }: WantedPin,
  registry: string,
  problem?: string,
): void {
  if (problem === undefined) return;
  const form = wantedImage({ policy: policy.images, registry: system.registry ?? registry }, container ?? service.name);
  const digest =
    policy.images.digest === "required" && reference.digest === undefined ? "; --resolve-digest asks the registry for the digest" : "";
  throw new UserError(`the image '${reference.toString()}' for '${text}' in '${environment.name}' ${problem}`, {
    hint: `'${environment.name}' takes '${form}'${digest}`,
  });
}
