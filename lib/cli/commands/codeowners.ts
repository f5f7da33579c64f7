import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Command, Option } from "commander";
import { UserError } from "../../errors/user-error.ts";
import { codeOwners, codeOwnersText } from "../../ownership/code-owners.ts";
import type { CommandContext } from "../command-context.ts";

/** Where Git hosts look: the first is GitHub's alone, the second GitLab's alone. */
const places = [".github/CODEOWNERS", ".gitlab/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

interface CodeOwnersOptions {
  readonly file: string;
  /** Write nothing; say whether it is up to date. */
  readonly check?: boolean;
}

/** `keelson codeowners`. */
export function addCodeOwnersCommand(program: Command, { definitions, io, done }: CommandContext): void {
  program
    .command("codeowners")
    .description("write who reviews what, from the teams of the definitions")
    .addOption(new Option("--file <path>", "where").choices(places).default(places[0]))
    .addOption(new Option("--check", "write nothing; exit 1 when the file is not what the definitions give"))
    .action(({ file, check }: CodeOwnersOptions) => {
      const path = join(io.root, file);
      const wanted = codeOwnersText(codeOwners(definitions));
      const upToDate = existsSync(path) && readFileSync(path, "utf8") === wanted;
      if (!upToDate && check === true) {
        io.stderr(
          `error: ${file} is not what the definitions give\n  hint: run \`npm run keelson -- codeowners\` and commit what it writes\n`,
        );
      } else if (!upToDate) {
        write(path, wanted);
      }
      io.stdout(`${upToDate ? "unchanged" : check === true ? "differs" : "written"} ${file}\n`);
      done(!upToDate && check === true ? 1 : 0);
    });
}

/** Whole or not at all. */
function write(path: string, text: string): void {
  const temporary = `${path}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (cause) {
    throw new UserError(`'${path}' cannot be written`, { cause });
  }
}
