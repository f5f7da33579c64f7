// What `npm run bootstrap` starts. It calls `pulumi` and needs none of Pulumi's packages itself.
import process from "node:process";
import { loadDefinitions } from "../cli/load-definitions.ts";
import { processIo, root } from "../cli/process-io.ts";
import { reportError } from "../cli/report-error.ts";
import { pulumiCli } from "./pulumi-cli.ts";
import { runBootstrap } from "./run-bootstrap.ts";

const io = processIo();

try {
  process.exitCode = await runBootstrap(process.argv.slice(2), {
    io,
    pulumi: pulumiCli(root),
    definitions: await loadDefinitions(),
    // an empty one is none to Pulumi
    kubeconfig: process.env.KUBECONFIG === "" ? undefined : process.env.KUBECONFIG,
  });
} catch (error) {
  process.exitCode = reportError(error, io);
}
