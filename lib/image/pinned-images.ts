import type { EnvironmentDefinition } from "../definition/environment.ts";
import type { ImagePolicy } from "../definition/environment-policy.ts";
import type { UnitImages } from "../definition/workload-class.ts";
import type { Issue } from "../manifest/issue.ts";
import { noImage } from "../manifest/no-image.ts";
import { imagePolicyProblem } from "./image-policy.ts";
import { imagePinsRule, pinKey, type ImagePins } from "./image-pins.ts";
import { registryProblem } from "./registry-problem.ts";
import { wantedImage } from "./wanted-image.ts";

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
  readonly issues: Issue[] = [];
  readonly #props: PinnedImagesProps;
  /** By key: what was handed out. */
  readonly #taken = new Map<string, string>();

  constructor(props: PinnedImagesProps) {
    this.#props = props;
  }

  /** The keys of the pins that were taken, there or not. */
  get taken(): Iterable<string> {
    return this.#taken.keys();
  }

  take(container?: string, track?: string): string {
    const key = pinKey(this.#props.system, this.#props.service, container, track);
    const image = this.#taken.get(key) ?? this.#look(key, container);
    this.#taken.set(key, image);
    return image;
  }

  #look(key: string, container: string | undefined): string {
    const { pins, environment, service } = this.#props;
    const pin = pins.pins.get(key);
    if (pin === undefined) {
      if (pins.broken === "every" || pins.broken.has(key)) return noImage;
      this.issues.push({
        severity: "error",
        rule: imagePinsRule,
        message: `no image pin for '${key}' in '${environment.name}'`,
        hint: `add the line '${key}: ${wantedImage(this.#props, container ?? service)}' to ${pins.file}`,
        position: { file: pins.file, line: 1 },
      });
      return noImage;
    }
    const wrong = registryProblem(pin.reference, this.#props.registry) ?? imagePolicyProblem(pin.reference, this.#props.policy);
    if (wrong !== undefined) {
      this.issues.push({
        severity: "error",
        rule: imagePinsRule,
        message: `the pin of '${key}' in '${environment.name}' ${wrong}`,
        hint: `this environment takes '${wantedImage(this.#props, "<name>")}'`,
        position: { file: pins.file, line: pin.line },
      });
      return noImage;
    }
    return pin.reference.toString();
  }
}
