import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Io } from "../../lib/cli/io.ts";
import { landEdit } from "../../lib/cli/landing/land-edit.ts";
import type { Landing, LandingJob, RepositoryEdit } from "../../lib/cli/landing/landing.ts";
import type { LandingOptions } from "../../lib/cli/landing/landing-options.ts";
import type { Definitions } from "../../lib/definition/definitions.ts";
import { UserError } from "../../lib/errors/user-error.ts";
import { imagePinsFile } from "../../lib/image/image-pins.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { ownGit, type ShopClone } from "./shop-clone.ts";
import { stillWorld } from "./still-world.ts";
import { withEnvironment } from "./with-environment.ts";

/** The smallest edit there is: one pin's tag. The value tells the line as it was. */
export function pinEdit(key: string, tag: string, more: Partial<RepositoryEdit> = {}, environment = "dev"): LandingJob<string>["plan"] {
  return ({ project }) => {
    const file = imagePinsFile(environment);
    const text = project.read(file) ?? "";
    const line = text.split("\n").find((written) => written.startsWith(`${key}: `)) ?? "";
    const moved = line.replace(/:[^:/]*$/, `:${tag}`);
    const message = { subject: `deploy: ${key} ${tag} to ${environment}`, trailers: [["Environment", environment]] } as const;
    return { edit: moved === line ? undefined : { files: new Map([[file, text.replace(line, moved)]]), message, ...more }, value: line };
  };
}

/** How landing an edit ended: with what it gives, or with the words of its refusal. */
export interface LandingOutcome<T> {
  readonly landing: Landing<T> | undefined;
  /** With its hint. */
  readonly refusal: string | undefined;
  readonly stderr: string;
}

/** Lands an edit in a clone of the bookshop, in this process. */
export async function land<T>(
  shop: ShopClone,
  plan: LandingJob<T>["plan"],
  options: LandingOptions = {},
  { definitions = bookshop, ...world }: Partial<Io> & { readonly definitions?: Definitions } = {},
): Promise<LandingOutcome<T>> {
  return outcomeOf(shop, (io) => landEdit(definitions, plan, options, io), world);
}

/** The same for whatever else lands something, with the git of tests. */
export async function outcomeOf<T>(
  shop: ShopClone,
  work: (io: Io) => Promise<Landing<T>>,
  { root = shop.root, ...world }: Partial<Io> = {},
): Promise<LandingOutcome<T>> {
  let stderr = "";
  const io: Io = {
    ...stillWorld,
    stdout: () => undefined,
    stderr: (text) => {
      stderr += text;
    },
    root,
    workingFolder: root,
    color: false,
    ...world,
  };
  try {
    return { landing: await withEnvironment(ownGit, () => work(io)), refusal: undefined, stderr };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { landing: undefined, refusal: error.hint === undefined ? error.message : `${error.message}\nhint: ${error.hint}`, stderr };
  }
}

/** Everything that a refusal must leave as it was: every file, git's own included, byte for byte, but for logs of fetches and unreachable objects. */
export function bytesOf(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort();
  const kept = paths.filter((path) => !/^\.git\/(objects\/|logs\/refs\/remotes\/|FETCH_HEAD$)/.test(path));
  return new Map(kept.map((path) => [path, readFileSync(join(folder, path), "latin1")]));
}
