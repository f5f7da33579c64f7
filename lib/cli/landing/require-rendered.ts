import { join } from "node:path";
import type { Definitions } from "../../definition/definitions.ts";
import { UserError } from "../../errors/user-error.ts";
import { planRepository, renderUnchecked } from "../../synth/line.ts";
import { openOutputFolder } from "../../synth/output-folder.ts";
import type { Io } from "../io.ts";
import { projectFiles } from "../project-files.ts";
import { readLineInput } from "../read-line-input.ts";

/**
 * Makes sure that the generated files are what their definitions and pins give, so that a commit of an edit brings what follows from it and
 * nothing that somebody else left out.
 *
 * @throws UserError when a file differs
 */
export function requireRendered(definitions: Definitions, io: Io): void {
  const { output } = definitions.repository;
  const rendered = renderUnchecked(readLineInput(definitions, projectFiles(io.root)));
  const [first, ...more] = planRepository(rendered, openOutputFolder(join(io.root, output), output)).changes;
  if (first === undefined) return;
  const others = more.length === 0 ? "" : ` and ${more.length} more`;
  throw new UserError(`what is committed in '${output}' is not what the definitions give: ${output}/${first.path}${others}`, {
    hint: "run `npm run synth` and commit what it writes first: this commit shall hold nothing but its own change",
  });
}
