import { createHash } from "node:crypto";
import type { Definitions } from "../../lib/definition/definitions.ts";
import { ShopClone, type CommitOptions } from "./shop-clone.ts";
import { threeEnvironments } from "./three-environments.ts";
import type { Outcome, Surroundings } from "./temporary-shop.ts";

const registry = "registry.paperback.example/books";

/** The digest that the tests' builds give a version of an image. */
export function digestOf(name: string, version: string): string {
  return `sha256:${createHash("sha256").update(`${name} ${version}`).digest("hex")}`;
}

/** A version of an image as a pin has it: by the tag `sha-<version>`, or by another, with its digest. */
export function image(name: string, version: string, tag = `sha-${version}`): string {
  return `${registry}/${name}:${tag}@${digestOf(name, version)}`;
}

const [first, next] = ["aaaaaaa", "bbbbbbb"];

/** A clone of the library with three environments, whose dev and staging are a version ahead of production, committed and pushed. */
export class PromotionShop extends ShopClone {
  /** All that `keelson` runs with; a test may take others. */
  definitions: Definitions;

  private constructor(definitions: Definitions) {
    super();
    this.definitions = definitions;
  }

  static async make(definitions: Definitions = threeEnvironments()): Promise<PromotionShop> {
    const shop = new PromotionShop(definitions);
    const names = ["lending", "catalogue", "search"];
    const pins = (version: string, tag?: string): string => names.map((name) => `library/${name}: ${image(name, version, tag)}\n`).join("");
    for (const environment of ["dev", "production"]) shop.put(`environments/${environment}/sealed-secrets.yaml`, undefined);
    shop.put("environments/dev/images.yaml", `# what dev runs\n${pins(first)}`);
    shop.put("environments/staging/images.yaml", `${pins(first)}archive/vault: ${image("vault", first)}\n`);
    shop.put("environments/production/images.yaml", `${pins(first, "v1.0.0")}archive/vault: ${image("vault", first, "v1.0.0")}\n`);
    await shop.land("feat: a library", { at: "2026-03-01T09:00:00Z" });
    return shop;
  }

  /** Back to a commit, here and where it was pushed. */
  back(commit: string): void {
    this.git("checkout", "--quiet", "--force", "-B", this.branch, commit);
    this.git("clean", "--quiet", "--force", "-d");
    this.git("--git-dir", this.origin, "update-ref", `refs/heads/${this.branch}`, commit);
  }

  /** Sets pins of an environment, brings what is generated up to date, commits and pushes. @returns the commit's id */
  async set(
    environment: string,
    pins: Readonly<Record<string, string>>,
    options: CommitOptions & { readonly message?: string } = {},
  ): Promise<string> {
    const file = `environments/${environment}/images.yaml`;
    const kept = this.read(file)
      .split("\n")
      .filter((line) => !Object.keys(pins).some((key) => line.startsWith(`${key}: `)));
    const lines = Object.entries(pins).map(([key, reference]) => `${key}: ${reference}`);
    this.put(file, [...kept.filter((line) => line !== ""), ...lines, ""].join("\n"));
    return this.land(options.message ?? "change", options);
  }

  /** Generates, commits and pushes what lies there. */
  async land(message: string, options: CommitOptions = {}): Promise<string> {
    await this.synth(this.definitions);
    const id = this.commit(message, options);
    this.push();
    return id;
  }

  /** `keelson promote`. */
  promote(argv: readonly string[], world: Surroundings = {}): Promise<Outcome> {
    return this.run(["promote", ...argv], { definitions: this.definitions, ...world });
  }

  /** The pin of an environment, as its file says it; `undefined` where it has none. */
  pin(environment: string, key: string): string | undefined {
    const line = this.read(`environments/${environment}/images.yaml`)
      .split("\n")
      .find((entry) => entry.startsWith(`${key}: `));
    return line?.slice(key.length + 2);
  }

  /** Dev's `lending` gets the next version. */
  async next(version = next, options: CommitOptions & { readonly message?: string } = {}): Promise<string> {
    return this.set("dev", { "library/lending": image("lending", version) }, options);
  }
}
