import { mkdirSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { projectFiles } from "../../lib/cli/project-files.ts";
import { readAllImagePins } from "../../lib/cli/read-image-pins.ts";
import { run } from "../../lib/cli/run.ts";
import { benchDefinitions, benchPins } from "./bench-definitions.ts";
import { stillWorld } from "../support/still-world.ts";
import { timeStages } from "./time-stages.ts";

// `node entry.mjs <size> <project> <command line…>`: as `lib/cli/main.ts`, for a project of generated definitions. Two commands are the
// bench's own: `prepare` writes the project's image pins, `stages <folder>` runs the line with a watch on each stage.
const [size = "0", root = "", ...argv] = process.argv.slice(2);

process.on("exit", () => writeSync(process.stderr.fd, `${JSON.stringify({ peakMemory: peakMemory() })}\n`));

if (argv[0] === "prepare") {
  for (const [path, text] of benchPins(Number(size))) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
} else if (argv[0] === "stages") {
  const readPins = (definitions: ReturnType<typeof benchDefinitions>) => readAllImagePins(projectFiles(root), definitions.environments);
  process.stdout.write(`${JSON.stringify(timeStages(() => benchDefinitions(Number(size)), readPins, argv[1] ?? ""))}\n`);
} else {
  process.exitCode = await run(benchDefinitions(Number(size)), argv, {
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    root,
    workingFolder: root,
    color: false,
    ...stillWorld,
  });
}

/** In MB. Linux hands a starting process the peak of the one that started it as `maxRSS`; `VmHWM` is this program's own. */
function peakMemory(): number {
  try {
    const own = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    if (own !== undefined) return Number(own) / 1024;
  } catch {
    // no such file but on Linux
  }
  return process.resourceUsage().maxRSS / 1024;
}
