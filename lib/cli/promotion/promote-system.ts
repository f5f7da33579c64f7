import { policyOf } from "../../definition/policy-of.ts";
import type { SystemDefinition } from "../../definition/system.ts";
import type { EnvironmentDefinition } from "../../definition/environment.ts";
import type { ImagePins } from "../../image/image-pins.ts";
import { keysOnlyInTarget, type PromotedPin, promotedPins, type PromotionRequest } from "../../promotion/promoted-pins.ts";
import type { LineInput } from "../../synth/line.ts";
import { environmentDifferences } from "./environment-differences.ts";
import type { SystemPromotion } from "./promotion.ts";
import { renderSystem } from "./render-system.ts";

/** From where to where, and by what name. */
export interface PromotionCourse {
  readonly from: EnvironmentDefinition;
  readonly to: EnvironmentDefinition;
  /** The tag to call every image by. @default its own */
  readonly tag: string | undefined;
  /** What was typed, without the tag. */
  readonly command: string;
}

/**
 * What moves of a system, from what is rendered of it in both environments.
 *
 * @param requests - services of this system
 * @throws UserError when a pin is not there, or the target cannot take it
 */
export function promoteSystem(
  system: SystemDefinition,
  requests: readonly PromotionRequest[],
  course: PromotionCourse,
  input: LineInput,
): SystemPromotion<PromotedPin> {
  const { from, to } = course;
  const policy = policyOf(system, to);
  const [before, after] = [renderSystem(input, system, from), renderSystem(input, system, to)];
  const [source, target] = [pinsOf(input, from), pinsOf(input, to)];
  const pins = promotedPins(requests, { ...course, policy, source, target, needed: after.taken });
  const services = new Set(pins.map(({ service }) => service.slice(system.name.length + 1)));
  const differences = environmentDifferences(
    system,
    services,
    { environment: from, manifests: before.manifests },
    { environment: to, manifests: after.manifests },
  );
  return { system, policy, pins, onlyInTarget: keysOnlyInTarget(pins, { source, target }), differences };
}

function pinsOf({ pins }: LineInput, { name }: EnvironmentDefinition): ImagePins {
  const found = pins.get(name);
  if (found === undefined) throw new Error(`no pins were read for environment '${name}'`);
  return found;
}
