import { UserError } from "../errors/user-error.ts";
import type { ReadSource } from "./scaffold-file.ts";
import { TypeScriptSource } from "./typescript-source.ts";

/**
 * Reads a source that a scaffold registers in.
 *
 * @throws UserError when it is not there
 */
export async function openSource(path: string, read: ReadSource): Promise<TypeScriptSource> {
  const text = read(path);
  if (text === undefined)
    throw new UserError(`there is no '${path}'`, { hint: "it is where this would be registered; see docs/architecture.md" });
  return TypeScriptSource.parse(path, text);
}
