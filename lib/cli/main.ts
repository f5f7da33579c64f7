import { existsSync, readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { dirname, relative, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { clusterSystems, systems } from "../../apps/registry.ts";
import { organization } from "../../environments/organization.ts";
import { controlPlanes, environments } from "../../environments/registry.ts";
import { repository } from "../../environments/repository.ts";
import type { Io } from "./io.ts";
import { run } from "./run.ts";

/** This file, or the bundle made of it: both lie two folders below the project's own. */
const program = fileURLToPath(import.meta.url);
const root = resolve(dirname(program), "../..");

process.exitCode = await run({ organization, repository, systems, clusterSystems, environments, controlPlanes }, process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  root,
  workingFolder: process.cwd(),
  color: process.stderr.isTTY && !process.env.NO_COLOR,
  originalPosition: originalPosition(program),
});

/** Translates a position in the bundle into one in the sources, by the map that lies beside it; read only when somebody asks. */
function originalPosition(bundle: string): NonNullable<Io["originalPosition"]> {
  let map: SourceMap | undefined;
  return (file, line, column) => {
    if (file !== bundle || !existsSync(`${bundle}.map`)) return { file: relative(root, file), line };
    map ??= new SourceMap(JSON.parse(readFileSync(`${bundle}.map`, "utf8")) as SourceMapPayload);
    const origin = map.findOrigin(line, column);
    return "fileName" in origin ? { file: relative(root, resolve(dirname(bundle), origin.fileName)), line: origin.lineNumber } : undefined;
  };
}
