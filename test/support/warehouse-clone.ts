import type { Definitions } from "../../lib/definition/definitions.ts";
import { type Outcome, type Surroundings, TemporaryShop } from "./temporary-shop.ts";
import { secretStores } from "../fixtures/bookshop/apps/platform/system.ts";
import { warehouse } from "../fixtures/bookshop/apps/warehouse/system.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { renderBookshop } from "../fixtures/bookshop/render.ts";
import { TemporaryClone } from "./temporary-clone.ts";

/** The bookshop's warehouse with the stores that it reads: little enough to be rendered for every test. */
export const warehouseOnly: Definitions = {
  ...bookshop,
  systems: [warehouse],
  clusterSystems: [secretStores],
  environments: bookshop.environments.map(({ definition }) => ({ definition, overlays: [] })),
};

/** What the warehouse is rendered to. */
export const { manifests: warehouseManifests } = renderBookshop(warehouseOnly);

/** The warehouse's project, generated and committed in a clone of its own. */
export class WarehouseClone {
  readonly shop = new TemporaryShop();
  readonly clone = new TemporaryClone(this.shop.root);
  /** The commit that holds what is generated. */
  head = "";

  static async make(): Promise<WarehouseClone> {
    const made = new WarehouseClone();
    for (const environment of ["dev", "production"]) {
      for (const name of ["images.yaml", "sealed-secrets.yaml"]) {
        const file = `environments/${environment}/${name}`;
        made.shop.write(file, made.shop.read(file).replace(/^(bookshop|recommendations)\/.*\n/gm, ""));
      }
    }
    const { exitCode, stderr } = await made.shop.run(["synth"], { definitions: warehouseOnly });
    if (exitCode !== 0) throw new Error(stderr);
    made.head = made.clone.commit();
    return made;
  }

  /** `keelson status`. */
  status(argv: readonly string[], world: Surroundings): Promise<Outcome> {
    return this.shop.run(["status", ...argv], { definitions: warehouseOnly, ...world });
  }

  /** Back to the first commit. */
  reset(): void {
    this.clone.git("reset", "--quiet", "--hard", this.head);
    this.clone.git("clean", "--quiet", "--force", "-d");
  }

  remove(): void {
    this.shop.remove();
  }
}
