import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RegisteredEnvironment } from "../definition/definitions.ts";
import { readSealedValues, type SealedValues, sealedValuesFile } from "../sealing/sealed-values.ts";

/**
 * Reads the ciphertexts of every environment; one without the file has none.
 *
 * @param root - the project's folder
 */
export function readAllSealedValues(root: string, environments: readonly RegisteredEnvironment[]): Map<string, SealedValues> {
  return new Map(
    environments.map(({ definition: { name } }) => {
      const file = sealedValuesFile(name);
      const path = join(root, file);
      return [name, readSealedValues(existsSync(path) ? readFileSync(path, "utf8") : undefined, file)];
    }),
  );
}
