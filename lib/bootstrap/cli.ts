// What `npm run bootstrap` starts. It calls `pulumi` and needs none of Pulumi's packages itself.
import process from "node:process";
import { reportError } from "../cli/report-error.ts";
import { loadDefinitions } from "./load-definitions.ts";
import { processIo, root } from "./process-io.ts";
import { pulumiCli } from "./pulumi-cli.ts";
import { runBootstrap } from "./run-bootstrap.ts";

const io = processIo();

try {
  process.exitCode = await runBootstrap(process.argv.slice(2), { io, pulumi: pulumiCli(root), definitions: await loadDefinitions() });
} catch (error) {
  process.exitCode = reportError(error, io);
}
