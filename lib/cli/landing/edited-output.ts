import { join } from "node:path";
import type { Definitions } from "../../definition/definitions.ts";
import { openOutputFolder } from "../../synth/output-folder.ts";
import type { Io } from "../io.ts";
import { planOutput, type PlannedOutput } from "../plan-output.ts";
import { projectFiles } from "../project-files.ts";
import type { RepositoryEdit } from "./landing.ts";

/** What becomes of the generated files with an edit. */
export function editedOutput(definitions: Definitions, { files, rendered }: RepositoryEdit, io: Io): PlannedOutput {
  if (rendered === undefined) return planOutput(definitions, {}, io, projectFiles(io.root, files));
  const { output } = definitions.repository;
  const folder = openOutputFolder(join(io.root, output), output);
  return { folder, plan: { changes: rendered, unchanged: 0, emptyFolders: [] }, issues: [], failed: false };
}
