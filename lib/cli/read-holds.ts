import type { RegisteredEnvironment } from "../definition/definitions.ts";
import { type Holds, holdsFile, readHolds } from "../hold/holds.ts";
import type { ProjectFiles } from "./project-files.ts";

/** Reads the holds of every environment. */
export function readAllHolds(project: ProjectFiles, environments: readonly RegisteredEnvironment[]): Map<string, Holds> {
  return new Map(environments.map(({ definition: { name } }) => [name, readHoldsOf(name, project)]));
}

/** Reads the holds of an environment, by its name; one without the file has none. */
export function readHoldsOf(environment: string, project: ProjectFiles): Holds {
  const file = holdsFile(environment);
  return readHolds(project.read(file), file);
}
