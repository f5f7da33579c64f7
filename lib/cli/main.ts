import process from "node:process";
import { UserError } from "../errors/user-error.ts";
import { loadDefinitions } from "./load-definitions.ts";
import { processIo } from "./process-io.ts";
import { reportError } from "./report-error.ts";
import { run } from "./run.ts";

for (const stream of [process.stdout, process.stderr]) {
  // a reader such as `head` that has seen enough is no mistake
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

const interruption = new AbortController();
// a second time ends the program at once, as without this
process.once("SIGINT", () => {
  interruption.abort(new UserError("interrupted"));
});
const io = processIo({ interrupt: interruption.signal });

try {
  process.exitCode = await run(await loadDefinitions(), process.argv.slice(2), io);
} catch (error) {
  process.exitCode = reportError(error, io);
}
