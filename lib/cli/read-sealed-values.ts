import type { RegisteredEnvironment } from "../definition/definitions.ts";
import { readSealedValues, type SealedValues, sealedValuesFile } from "../sealing/sealed-values.ts";
import type { ProjectFiles } from "./project-files.ts";

/** Reads the ciphertexts of every environment; one without the file has none. */
export function readAllSealedValues(project: ProjectFiles, environments: readonly RegisteredEnvironment[]): Map<string, SealedValues> {
  return new Map(
    environments.map(({ definition: { name } }) => {
      const file = sealedValuesFile(name);
      return [name, readSealedValues(project.read(file), file)];
    }),
  );
}
