import type { EnvironmentDefinition } from "../definition/environment.ts";
import type { ImagePolicy } from "../definition/environment-policy.ts";
import type { UnitImages } from "../definition/workload-class.ts";
import type { Issue } from "../manifest/issue.ts";
import { imagePolicyProblem } from "./image-policy.ts";
import { imagePinsRule, pinKey, type ImagePins } from "./image-pins.ts";

/** Where a unit's pins are looked up. */
export interface PinnedImagesProps {
  readonly pins: ImagePins;
  readonly environment: EnvironmentDefinition;
  readonly system: string;
  /** The service whose pins the unit runs. */
  readonly service: string;
  readonly policy: ImagePolicy;
  /** `ghcr.io/acme`: every image must come from here. */
  readonly registry: string;
}

/**
 * The pins of one unit. It keeps book of what the construct takes, so that a pin that nobody took is known as unused, and every
 * missing or unfit pin is reported, not just the first.
 */
export class PinnedImages implements UnitImages {
  readonly taken = new Set<string>();
  readonly issues: Issue[] = [];
  readonly #props: PinnedImagesProps;

  constructor(props: PinnedImagesProps) {
    this.#props = props;
  }

  take(container?: string, track?: string): string {
    const { pins, environment, system, service } = this.#props;
    const key = pinKey(system, service, container, track);
    const pin = pins.pins.get(key);
    if (this.taken.has(key)) return pin?.reference.toString() ?? missingImage;
    this.taken.add(key);
    if (pin === undefined) {
      if (pins.broken === "every" || pins.broken.has(key)) return missingImage;
      this.issues.push({
        severity: "error",
        rule: imagePinsRule,
        message: `no image pin for '${key}' in '${environment.name}'`,
        hint: `add the line '${key}: ${wantedImage(this.#props, container ?? service)}' to ${pins.file}`,
        position: { file: pins.file, line: 1 },
      });
      return missingImage;
    }
    const wrong = this.#wrongRegistry(pin.reference.repository) ?? imagePolicyProblem(pin.reference, this.#props.policy);
    if (wrong !== undefined) {
      this.issues.push({
        severity: "error",
        rule: imagePinsRule,
        message: `the pin of '${key}' in '${environment.name}' ${wrong}`,
        hint: `this environment takes '${wantedImage(this.#props, "<name>")}'`,
        position: { file: pins.file, line: pin.line },
      });
    }
    return pin.reference.toString();
  }

  #wrongRegistry(repository: string): string | undefined {
    const { registry } = this.#props;
    return repository.startsWith(`${registry}/`) ? undefined : `comes from '${repository}', not from the registry '${registry}'`;
  }
}

/** Stands in the rendered text until the issue is mended; with an issue of severity error nothing is written. */
const missingImage = "missing.invalid/no-image-pin";

/** What a pin looks like that this environment takes. */
function wantedImage({ policy, registry }: PinnedImagesProps, name: string): string {
  const tag = { commit: "sha-<commit>", any: "<tag>", release: "v<major>.<minor>.<patch>" }[policy.tag];
  return `${registry}/${name}:${tag}${policy.digest === "required" ? "@sha256:<digest>" : ""}`;
}
