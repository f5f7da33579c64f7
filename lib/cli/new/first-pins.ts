import type { Definitions } from "../../definition/definitions.ts";
import type { EnvironmentDefinition } from "../../definition/environment.ts";
import { policyOf } from "../../definition/policy-of.ts";
import type { SystemDefinition } from "../../definition/system.ts";
import { nearestNames } from "../../errors/nearest-names.ts";
import { UserError } from "../../errors/user-error.ts";
import { editImagePins } from "../../image/edit-image-pins.ts";
import { imagePolicyProblem } from "../../image/image-policy.ts";
import { imagePinsFile, pinKey } from "../../image/image-pins.ts";
import { ImageReference } from "../../image/image-reference.ts";
import { registryProblem } from "../../image/registry-problem.ts";
import { wantedImage } from "../../image/wanted-image.ts";
import type { ScaffoldFile } from "../../scaffold/scaffold-file.ts";
import type { ProjectFiles } from "../project-files.ts";

/** Fits every policy, names no image that there could be, and is found by `preflight` as a value of an example. */
const placeholderVersion = `v0.0.0-placeholder.example@sha256:${"0".repeat(64)}`;

/** A service whose pins are wanted. */
export interface FirstPins {
  readonly system: SystemDefinition;
  readonly service: string;
  /** Tracks beside the stable one. */
  readonly tracks: readonly string[];
  /** As given on the command line: `<reference>`, or `<environment>=<reference>`. */
  readonly images: readonly string[];
}

/** The files with the pins of a new service, and the environments that got a placeholder. */
export interface PinnedFiles {
  readonly files: readonly ScaffoldFile[];
  readonly placeholders: readonly string[];
}

/**
 * A pin in each environment of its system, for a new service.
 *
 * @throws UserError when a reference cannot be read, is not what its environment takes, or names an environment that the system does not run in
 */
export function firstPins({ organization }: Definitions, wanted: FirstPins, project: ProjectFiles): PinnedFiles {
  const { system, service, tracks } = wanted;
  const registry = system.registry ?? organization.registry;
  const given = givenImages(wanted);
  const isPlaceholder = ({ name }: EnvironmentDefinition): boolean => (given.get(name) ?? given.get("")) === undefined;
  const files = system.environments.map((environment): ScaffoldFile => {
    const { name } = environment;
    const reference = given.get(name) ?? given.get("") ?? ImageReference.parse(`${registry}/${service}:${placeholderVersion}`);
    const policy = policyOf(system, environment).images;
    const problem = registryProblem(reference, registry) ?? imagePolicyProblem(reference, policy);
    if (problem !== undefined) {
      throw new UserError(`the image '${reference.toString()}' for '${name}' ${problem}`, {
        hint: `it takes '${wantedImage({ policy, registry }, service)}'; give one for each: --image ${name}=<image>`,
      });
    }
    const path = imagePinsFile(name);
    const keys = [undefined, ...tracks].map((track) => pinKey(system.name, service, undefined, track));
    const changes = new Map(keys.map((key) => [key, reference]));
    return { path, text: editImagePins(project.read(path) ?? "", path, changes), kind: "change" };
  });
  return { files, placeholders: system.environments.filter(isPlaceholder).map(({ name }) => name) };
}

/** By environment; the one for all others under the empty name. */
function givenImages({ system, images }: FirstPins): ReadonlyMap<string, ImageReference> {
  const given = new Map<string, ImageReference>();
  for (const image of images) {
    const [, name = "", reference = ""] = /^(?:([-a-z0-9]+)=)?(.*)$/s.exec(image) ?? [];
    const names = system.environments.map((environment) => environment.name);
    if (name !== "" && !names.includes(name)) {
      throw new UserError(`the system '${system.name}' does not run in '${name}'`, { hint: `it runs in: ${nearestNames(name, names)}` });
    }
    if (given.has(name)) throw new UserError(`--image is given twice for ${name === "" ? "every environment" : `'${name}'`}`);
    given.set(name, ImageReference.parse(reference));
  }
  return given;
}
