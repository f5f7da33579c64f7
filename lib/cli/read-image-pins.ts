import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RegisteredEnvironment } from "../definition/definitions.ts";
import { UserError } from "../errors/user-error.ts";
import { type ImagePins, readImagePins } from "../image/image-pins.ts";

/**
 * Reads the pins of every environment.
 *
 * @param root - the project's folder
 * @throws UserError when an environment has no `images.yaml`
 */
export function readAllImagePins(root: string, environments: readonly RegisteredEnvironment[]): Map<string, ImagePins> {
  return new Map(
    environments.map(({ definition: { name } }) => {
      const file = `environments/${name}/images.yaml`;
      const path = join(root, file);
      if (!existsSync(path))
        throw new UserError(`the environment '${name}' has no image pins`, { hint: `make the file ${file}; it may be empty` });
      return [name, readImagePins(readFileSync(path, "utf8"), file)];
    }),
  );
}
