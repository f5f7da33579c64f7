import type { RegisteredEnvironment } from "../definition/definitions.ts";
import { UserError } from "../errors/user-error.ts";
import { type ImagePins, imagePinsFile, readImagePins } from "../image/image-pins.ts";
import type { ProjectFiles } from "./project-files.ts";

/**
 * Reads the pins of every environment.
 *
 * @throws UserError when an environment has no `images.yaml`
 */
export function readAllImagePins(project: ProjectFiles, environments: readonly RegisteredEnvironment[]): Map<string, ImagePins> {
  return new Map(
    environments.map(({ definition: { name } }) => {
      const file = imagePinsFile(name);
      const text = project.read(file);
      if (text === undefined)
        throw new UserError(`the environment '${name}' has no image pins`, { hint: `make the file ${file}; it may be empty` });
      return [name, readImagePins(text, file)];
    }),
  );
}
