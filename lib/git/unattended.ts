import { env } from "node:process";
import { spawnGit } from "./run-git.ts";

/**
 * Makes git ask nobody for a password, and leaves alone whatever the caller has set up to answer without a person: a credential helper, an
 * askpass program, an ssh command with a key of its own.
 *
 * @param folder - of the clone
 * @see https://git-scm.com/docs/git#Documentation/git.txt-codeGITASKPASScode
 */
export function unattended(folder: string): Readonly<Record<string, string>> {
  const settings = spawnGit(["config", "--name-only", "--get-regexp", "^core\\.(askpass|sshcommand)$"], { folder }).stdout.split("\n");
  const given = (variables: readonly string[], setting: string): boolean =>
    variables.some((name) => env[name] !== undefined) || settings.includes(setting);
  return {
    GIT_TERMINAL_PROMPT: "0",
    SSH_ASKPASS: "true",
    ...(!given(["GIT_ASKPASS"], "core.askpass") && { GIT_ASKPASS: "true" }),
    ...(!given(["GIT_SSH_COMMAND", "GIT_SSH"], "core.sshcommand") && { GIT_SSH_COMMAND: "ssh -o BatchMode=yes" }),
  };
}
