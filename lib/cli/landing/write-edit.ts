import { UserError } from "../../errors/user-error.ts";
import { GitRepository } from "../../git/git-repository.ts";
import { applyChanges } from "../../synth/apply-changes.ts";
import { openOutputFolder } from "../../synth/output-folder.ts";
import type { Io } from "../io.ts";
import { projectFiles } from "../project-files.ts";
import { editedOutput } from "./edited-output.ts";
import type { Landed, LandingJob } from "./landing.ts";

/**
 * Writes an edit and what is rendered from it, and commits nothing. The generated files go first: as long as the edit itself is not written, the
 * same command finds it still to be done, and a killed run is repeated as a whole.
 */
export async function writeEdit<T>({ definitions, plan, io }: LandingJob<T>): Promise<Landed<T>> {
  const project = projectFiles(io.root);
  const { edit, value } = await plan({ project, git: cloneOf(io) });
  const nothing = { value, commit: undefined, changes: [], issues: [], attempts: 1, exitCode: 0 };
  if (edit === undefined) return { ...nothing, outcome: "nothing" };
  const { folder, plan: output, issues, failed } = editedOutput(definitions, edit, io);
  if (failed) return { ...nothing, outcome: "invalid", issues, exitCode: 1 };
  applyChanges(output, folder);
  const files = openOutputFolder(io.root);
  for (const [path, content] of edit.files) {
    if (content === undefined) files.remove(path);
    else if (content !== project.read(path)) files.write(path, content);
  }
  return { ...nothing, outcome: "written", changes: output.changes, issues };
}

/** `undefined` where the project lies in no clone: files can be written there too. */
function cloneOf({ root }: Io): GitRepository | undefined {
  try {
    return GitRepository.open(root);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
