import type { RegisteredEnvironment } from "../definition/definitions.ts";
import { type Holds, holdsFile, readHolds } from "../hold/holds.ts";
import type { ProjectFiles } from "./project-files.ts";

/** Reads the holds of every environment; one without the file has none. */
export function readAllHolds(project: ProjectFiles, environments: readonly RegisteredEnvironment[]): Map<string, Holds> {
  return new Map(
    environments.map(({ definition: { name } }) => {
      const file = holdsFile(name);
      return [name, readHolds(project.read(file), file)];
    }),
  );
}
