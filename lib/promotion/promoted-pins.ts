import type { EnvironmentDefinition } from "../definition/environment.ts";
import type { EnvironmentPolicy } from "../definition/environment-policy.ts";
import { movingWith } from "../definition/moving-with.ts";
import type { ServiceDefinition } from "../definition/service.ts";
import type { SystemDefinition } from "../definition/system.ts";
import { UserError } from "../errors/user-error.ts";
import { type ImagePins, pinKey } from "../image/image-pins.ts";
import { imagePolicyProblem } from "../image/image-policy.ts";
import { ImageReference } from "../image/image-reference.ts";
import { parsePinKey, pinKeysOf, serviceOfKey } from "../image/pin-keys.ts";
import { isSameImage } from "../image/same-image.ts";

/** What somebody asked to be promoted. */
export interface PromotionRequest {
  readonly system: SystemDefinition;
  readonly service: ServiceDefinition;
  /** @default all */
  readonly container?: string | undefined;
  /** @default all */
  readonly track?: string | undefined;
}

/** A way of a system's pins. */
export interface PromotionWay {
  readonly from: EnvironmentDefinition;
  readonly to: EnvironmentDefinition;
  /** What the system keeps to in `to`. */
  readonly policy: EnvironmentPolicy;
  readonly source: ImagePins;
  readonly target: ImagePins;
  /** The keys that containers in `to` take. */
  readonly needed: ReadonlySet<string>;
  /** The tag to call every image by. @default its own */
  readonly tag: string | undefined;
  /** What was typed, without the tag. */
  readonly command: string;
}

/** A pin on its way. */
export interface PromotedPin {
  readonly key: string;
  /** `<system>/<service>`. */
  readonly service: string;
  /** What it comes with, where nobody asked for it: `<system>/<service>` of the same set. */
  readonly movesWith: string | undefined;
  /** In the environment that it comes from. */
  readonly source: ImageReference;
  /** Before; `undefined` where the pin is new. */
  readonly target: ImageReference | undefined;
  /** After: the same image, maybe by another tag. */
  readonly reference: ImageReference;
  /** Whether the target has the image already. */
  readonly unchanged: boolean;
}

/**
 * The pins of what was asked for and of what moves together with it, each once, in the order of the source's file.
 *
 * @throws UserError when the source has no such pin, or one that the target cannot take
 */
export function promotedPins(requests: readonly PromotionRequest[], way: PromotionWay): PromotedPin[] {
  const pins = requests.flatMap((request) => {
    const { system, service, track } = request;
    // a container beside the main one moves alone
    const others = request.container === undefined ? movingWith(system, service).filter((other) => other !== service) : [];
    const movesWith = `${system.name}/${service.name}`;
    return [
      ...requiredKeys(request, way).map((key) => promotedPin(key, way, undefined)),
      ...others.flatMap((other) => neededKeys({ system, service: other, track }, way).map((key) => promotedPin(key, way, movesWith))),
    ];
  });
  // what was asked for by itself does not come with another
  const unique = [...pins.filter(({ movesWith }) => movesWith !== undefined), ...pins.filter(({ movesWith }) => movesWith === undefined)];
  const byKey = new Map(unique.map((pin) => [pin.key, pin]));
  return [...way.source.pins.keys()].flatMap((key) => byKey.get(key) ?? []);
}

/** The keys of a request's services that the target has and the source has not: they stay as they are. */
export function keysOnlyInTarget(pins: readonly PromotedPin[], { source, target }: Pick<PromotionWay, "source" | "target">): string[] {
  const services = new Set(pins.map(({ service }) => service));
  return [...target.pins.keys()].filter((key) => !source.pins.has(key) && services.has(serviceOfKey(key)));
}

function requiredKeys(request: PromotionRequest, way: PromotionWay): string[] {
  const keys = neededKeys(request, way);
  if (keys.length > 0) return keys;
  const { system, service, container, track } = request;
  const [key, all] = [pinKey(system.name, service.name, container, track), pinKeysOf(way.source, system.name, service.name)];
  if (keysOf(request, way.source).length > 0) {
    const own = [...way.needed].filter((entry) => serviceOfKey(entry) === `${system.name}/${service.name}`);
    throw new UserError(`'${way.to.name}' runs nothing that takes the pin '${key}'`, {
      hint: `it takes: ${own.join(", ") || "none of this service"}`,
    });
  }
  throw new UserError(`'${way.from.name}' has no pin '${key}'`, {
    hint:
      all.length > 0 ? `it has: ${all.join(", ")}` : `set it there first: keelson image set ${key} <image> --environment ${way.from.name}`,
  });
}

/** Those of a request's keys that the target takes: not those of a container or a track that does not run there. */
function neededKeys(request: PromotionRequest, { source, needed }: PromotionWay): string[] {
  return keysOf(request, source).filter((key) => needed.has(key));
}

function keysOf({ system, service, container, track }: PromotionRequest, source: ImagePins): string[] {
  const keys = pinKeysOf(source, system.name, service.name);
  if (container !== undefined) return keys.filter((key) => key === pinKey(system.name, service.name, container, track));
  return track === undefined ? keys : keys.filter((key) => parsePinKey(key)?.track === track);
}

function promotedPin(key: string, way: PromotionWay, movesWith: string | undefined): PromotedPin {
  const source = way.source.pins.get(key)?.reference;
  if (source === undefined) throw new Error(`the pin '${key}' was promoted before it was read`);
  const target = way.target.pins.get(key)?.reference;
  const unchanged = target !== undefined && isSameImage(source, target) && imagePolicyProblem(target, way.policy.images) === undefined;
  const reference = unchanged ? target : fitReference(key, source, way);
  return { key, service: serviceOfKey(key), movesWith, source, target, reference, unchanged };
}

/** The same image as the target may call it. */
function fitReference(key: string, source: ImageReference, { from, to, policy, tag, command }: PromotionWay): ImageReference {
  const { repository, digest } = source;
  if (digest === undefined && (policy.images.digest === "required" || tag !== undefined)) {
    throw new UserError(`the pin of '${key}' in '${from.name}' has no digest, so nobody can tell that '${to.name}' gets what ran there`, {
      hint: `set it where it runs, and let it run: keelson image set ${key} ${source.toString()} --environment ${from.name} --resolve-digest`,
    });
  }
  const reference = tag === undefined ? source : ImageReference.parse(`${repository}:${tag}${digest === undefined ? "" : `@${digest}`}`);
  const problem = imagePolicyProblem(reference, policy.images);
  if (problem === undefined) return reference;
  throw new UserError(`'${to.name}' does not take the pin of '${key}', which ${problem}`, {
    hint: `name the same image by a tag that it takes: ${command} --as v1.2.0`,
  });
}
