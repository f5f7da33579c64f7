import process from "node:process";
import { processIo } from "../../lib/cli/process-io.ts";
import { run } from "../../lib/cli/run.ts";
import { clusterSystems, systems } from "../fixtures/florist/apps/registry.ts";
import { organization } from "../fixtures/florist/environments/organization.ts";
import { controlPlanes, environments } from "../fixtures/florist/environments/registry.ts";
import { repository } from "../fixtures/florist/environments/repository.ts";

// As `lib/cli/main.ts`, for the florist: bundled into `<project>/build/cli/`, it takes that project for its own.
const definitions = { organization, repository, systems, clusterSystems, environments, controlPlanes };
process.exitCode = await run(definitions, process.argv.slice(2), processIo());
