#!/usr/bin/env node
// `npm run bench`: how long the line takes for 10, 100 and 1000 services in three environments, by whole processes measured from outside.
// Everything alternates in one run, since seconds of two runs cannot be compared: only ratios are worth a limit.
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bundle } from "../../lib/cli/bundle.mjs";
import { printTable } from "./print-table.mjs";
import { runProcess, stop } from "./run-process.mjs";
import { summarize } from "./summarize.mjs";

const usage = `usage: npm run bench -- [options]
  --sizes <list>    numbers of services, ascending (default: 10,100,1000)
  --repeats <n>     rounds to measure (default: 5, and 3 from 1000 services on)
  --output <format> text or json (default: text)
  --assert          exit 1 when a limit is exceeded
`;

const writeFiles = fileURLToPath(new URL("write-files.mjs", import.meta.url));

/** One size of repository on the RAM disk, and the processes that are measured on it. */
class Repository {
  rounds = [];
  peakMemory = [];
  #folder;
  #entry;

  constructor(size, repeats, folder, entry) {
    this.size = size;
    this.repeats = repeats;
    this.#folder = folder;
    this.#entry = entry;
  }

  /** Writes the pins and every file once; that is the warm-up too. */
  async prepare() {
    await this.#bench("prepare");
    const { stdout } = await this.#bench("stages", this.#dist("stages"));
    const { stages, objects, files, issues } = JSON.parse(stdout);
    if (issues > 0) throw new Error(`the bench's own definitions have ${issues} issues`);
    Object.assign(this, { stages, objects, files });
    await this.#bench("synth", "--dist", this.#dist("unchanged"));
    const packed = await runProcess([writeFiles, "pack", this.#dist("unchanged"), this.#dist("pack")], { keepOutput: true });
    if (JSON.parse(packed.stdout).files !== files) throw new Error("the stages and `synth` wrote different numbers of files");
    await this.#write();
    this.#remove("stages", "written");
  }

  /** Runs and measures every case once, one after the other. */
  async measure() {
    const idle = await runProcess(["-e", "0"]);
    const write = await this.#write();
    const fresh = await this.#synth("fresh");
    const unchanged = await this.#synth("unchanged");
    this.#remove("written", "fresh");
    this.rounds.push({ idle: idle.seconds, write: write.seconds, fresh: fresh.seconds, unchanged: unchanged.seconds });
    this.peakMemory.push(JSON.parse(fresh.stderr.trim().split("\n").at(-1)).peakMemory);
  }

  #write() {
    return runProcess([writeFiles, "unpack", this.#dist("pack"), this.#dist("written")]);
  }

  #synth(folder) {
    return runProcess([this.#entry, String(this.size), this.#folder, "synth", "--dist", this.#dist(folder)]);
  }

  #bench(...command) {
    return runProcess([this.#entry, String(this.size), this.#folder, ...command], { keepOutput: true });
  }

  #dist(name) {
    return join(this.#folder, name);
  }

  #remove(...names) {
    for (const name of names) rmSync(this.#dist(name), { recursive: true, force: true });
  }
}

process.exitCode = await bench(process.argv.slice(2));

async function bench(argv) {
  const options = readOptions(argv);
  if (typeof options === "string") {
    process.stderr.write(options);
    return 2;
  }
  const folder = mkdtempSync(join(ramDisk(), "keelson-bench-"));
  const clean = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ]) {
    process.once(signal, () => {
      stop.abort();
      clean();
      process.exit(code);
    });
  }
  try {
    const result = summarize(await measureAll(options, folder));
    process.stdout.write(`${options.output === "json" ? JSON.stringify(result, null, 2) : printTable(result)}\n`);
    return options.assert && result.limits.some(({ held }) => held === false) ? 1 : 0;
  } finally {
    clean();
  }
}

async function measureAll({ sizes, repeats }, folder) {
  // in the project, where its packages and compiled schemas are found
  const entry = fileURLToPath(new URL("../../build/bench/entry.mjs", import.meta.url));
  await bundle(fileURLToPath(new URL("entry.ts", import.meta.url)), entry);
  const repositories = [0, ...sizes].map(
    (size) => new Repository(size, repeats ?? (size < 1000 ? 5 : 3), join(folder, String(size)), entry),
  );
  for (const repository of repositories) await repository.prepare();
  for (let round = 0; round < Math.max(...repositories.map((repository) => repository.repeats)); round++) {
    for (const repository of repositories) {
      if (round >= repository.repeats) continue;
      if (process.stderr.isTTY) process.stderr.write(`\rround ${round + 1}, ${repository.size} services \x1b[K`);
      await repository.measure();
    }
  }
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  return repositories;
}

/** A disk would be measured instead of the program: creating a file there takes up to twenty times as long from one minute to the next. */
function ramDisk() {
  try {
    accessSync("/dev/shm", constants.W_OK);
    return "/dev/shm";
  } catch {
    return tmpdir();
  }
}

/** The options, or what to say instead. */
function readOptions(argv) {
  try {
    const { values } = parseArgs({
      args: argv,
      options: {
        sizes: { type: "string", default: "10,100,1000" },
        repeats: { type: "string" },
        output: { type: "string", default: "text" },
        assert: { type: "boolean", default: false },
      },
    });
    const sizes = values.sizes.split(",").map(Number);
    const repeats = values.repeats === undefined ? undefined : Number(values.repeats);
    const isCount = (number) => Number.isInteger(number) && number > 0;
    const isAscending = sizes.every((size, index) => isCount(size) && (index === 0 || size > sizes[index - 1]));
    if (!isAscending || (repeats !== undefined && !isCount(repeats)) || !["text", "json"].includes(values.output)) return usage;
    return { sizes, repeats, output: values.output, assert: values.assert };
  } catch (error) {
    return `${error.message}\n${usage}`;
  }
}
