/** What git says around a reason, and what it advises. */
const beside = /^(hint: |To |error: failed to push some refs to |Everything up-to-date|Done$|\s*$)/;

/** A name and a password in an address. */
const credentials = /(\/\/)[^/@\s]+@/g;

/**
 * Why git said no, on one line and without the credentials that an address may hold.
 *
 * @param stderr - what it printed there
 */
export function gitReason(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => !beside.test(line));
  const fatal = lines.find((line) => line.startsWith("fatal: ") && !line.includes("Could not read from remote repository"));
  const told = fatal === undefined ? lines : [fatal];
  const reason = told.map((line) => line.replace(/^(remote: )?((fatal|error): *)?/, "").trim()).filter((line) => line !== "");
  return reason.slice(0, 4).join("; ").replaceAll(credentials, "$1").replace(/\.$/, "");
}
