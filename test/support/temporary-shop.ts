import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { Io } from "../../lib/cli/io.ts";
import { run } from "../../lib/cli/run.ts";
import type { Definitions } from "../../lib/definition/definitions.ts";
import { bookshop, bookshopFolder } from "../fixtures/bookshop/definitions.ts";
import { stillWorld } from "./still-world.ts";

/** What a command line did, as its caller sees it. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a test hands in instead of its own. */
export interface Surroundings extends Partial<Pick<Io, keyof typeof stillWorld | "color">> {
  readonly definitions?: Definitions;
  readonly workingFolder?: string;
}

/** The bookshop's project in a temporary folder, with its image pins and ciphertexts, and nothing generated yet. */
export class TemporaryShop {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "keelson-bookshop-")));
  /** The output folder that the bookshop's repository names. */
  readonly output = join(this.root, "generated/yaml");

  constructor() {
    for (const environment of ["dev", "production"]) {
      for (const name of ["images.yaml", "sealed-secrets.yaml"]) {
        const file = `environments/${environment}/${name}`;
        cpSync(join(bookshopFolder, file), join(this.root, file));
      }
    }
  }

  /** Runs a command line in this folder, in this process. */
  async run(argv: readonly string[], { definitions = bookshop, workingFolder = this.root, ...world }: Surroundings = {}): Promise<Outcome> {
    let [stdout, stderr] = ["", ""];
    const exitCode = await run(definitions, argv, {
      stdout: (text) => {
        stdout += text;
      },
      stderr: (text) => {
        stderr += text;
      },
      root: this.root,
      workingFolder,
      color: false,
      ...stillWorld,
      ...world,
      originalPosition: (file, line) => ({ file: relative(bookshopFolder, file), line }),
    });
    return { exitCode, stdout, stderr };
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  write(path: string, content: string): void {
    writeFileSync(join(this.root, path), content);
  }

  /** Replaces one text by another in a file that holds it. */
  edit(path: string, before: string, after: string): void {
    const content = this.read(path);
    if (!content.includes(before)) throw new Error(`'${path}' does not hold '${before}'`);
    this.write(path, content.replace(before, after));
  }

  /** Every file below a folder with its content and modification time, by path. */
  files(folder = this.output): Map<string, { readonly content: string; readonly modified: bigint }> {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return new Map(
      entries
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
        .map((file) => [
          relative(folder, file),
          { content: readFileSync(file, "utf8"), modified: statSync(file, { bigint: true }).mtimeNs },
        ]),
    );
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
