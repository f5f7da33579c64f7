import process from "node:process";
import { processIo } from "../../lib/cli/process-io.ts";
import { run } from "../../lib/cli/run.ts";
import { devServices } from "./dev-services.ts";

// As `lib/cli/main.ts`, for so many generated services as SERVICES says: bundled into `<project>/build/cli/`, it takes that project for its own.
process.exitCode = await run(devServices(Number(process.env.SERVICES)), process.argv.slice(2), processIo());
