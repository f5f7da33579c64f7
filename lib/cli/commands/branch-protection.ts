import { type Command, InvalidArgumentError, Option } from "commander";
import { branchRuleset } from "../../ownership/branch-ruleset.ts";
import type { CommandContext } from "../command-context.ts";
import { printJson } from "../print-json.ts";

/** `keelson branch-protection`. */
export function addBranchProtectionCommand(program: Command, { definitions, io }: CommandContext): void {
  program
    .command("branch-protection")
    .description("print the ruleset that protects the branch Argo CD follows, for GitHub's API")
    .addOption(
      new Option("--app-id <number>", "the GitHub App that pushes pins past the ruleset (default: nobody)").argParser((text: string) => {
        if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError("it is the App's number, from its settings.");
        return Number(text);
      }),
    )
    .action(({ appId }: { readonly appId?: number }) => {
      printJson(branchRuleset(definitions, appId), io);
    });
}
