import { folderOf } from "./dist-paths.ts";
import type { Manifest, Owner } from "./manifest.ts";

/** The parts of an Application's `spec` that say what it delivers. @see https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml */
export interface ApplicationSpec {
  readonly project: string;
  readonly source?: {
    readonly repoURL: string;
    readonly targetRevision?: string;
    readonly path?: string;
    readonly directory?: { readonly recurse?: boolean };
  };
  readonly destination: { readonly server?: string; readonly name?: string; readonly namespace?: string };
  readonly syncPolicy?: {
    readonly automated?: { readonly enabled?: boolean; readonly prune?: boolean; readonly selfHeal?: boolean };
    readonly syncOptions?: readonly string[];
  };
  readonly ignoreDifferences?: readonly object[];
}

/** An Application and everything that it delivers. */
export interface Delivery {
  readonly application: Manifest;
  readonly spec: ApplicationSpec;
  /** The AppProject that it is in, where that is rendered. */
  readonly project: Manifest | undefined;
  readonly manifests: readonly Manifest[];
}

interface FoundDelivery extends Delivery {
  readonly manifests: Manifest[];
}

/** Which Application delivers which object: read from the folders that Applications name, as Argo CD does. */
export class Deliveries {
  readonly all: readonly Delivery[];
  readonly #byOwner = new Map<Owner, FoundDelivery>();

  /**
   * @param manifests - everything that is rendered
   * @param output - the folder of the repository that everything is written to: `dist`
   */
  constructor(manifests: readonly Manifest[], output: string) {
    const found = new Map<string, FoundDelivery>();
    const projects = new Map(
      manifests.filter(({ document }) => document.kind === "AppProject").map((manifest) => [projectKey(manifest), manifest]),
    );
    for (const application of manifests) {
      if (application.document.kind !== "Application") continue;
      const spec = application.document.spec as ApplicationSpec | undefined;
      if (spec?.source?.path === undefined) continue;
      found.set(spec.source.path, { application, spec, project: projects.get(projectKey(application, spec.project)), manifests: [] });
    }
    this.all = [...found.values()];
    let last: Owner | undefined;
    let delivery: FoundDelivery | undefined;
    for (const manifest of manifests) {
      const { owner } = manifest;
      // the objects of a unit share their owner, and follow one another
      if (owner !== last) {
        last = owner;
        delivery = this.#byOwner.get(owner) ?? deliveryIn(`${output}/${folderOf(owner)}`, found);
        if (delivery !== undefined) this.#byOwner.set(owner, delivery);
      }
      delivery?.manifests.push(manifest);
    }
  }

  /** What delivers an object; none for what is applied by hand, and for what only reviewers read. */
  of({ owner }: Manifest): Delivery | undefined {
    return this.#byOwner.get(owner);
  }
}

/** Projects of two control planes may share a name: `default`. */
function projectKey({ owner, document }: Manifest, name = document.metadata.name): string {
  return `${"controlPlane" in owner ? owner.controlPlane : ""} ${name}`;
}

/** Whoever names the folder, or one above it with everything below. */
function deliveryIn(folder: string, found: ReadonlyMap<string, FoundDelivery>): FoundDelivery | undefined {
  const own = found.get(folder);
  if (own !== undefined) return own;
  for (let end = folder.lastIndexOf("/"); end > 0; end = folder.lastIndexOf("/", end - 1)) {
    const above = found.get(folder.slice(0, end));
    if (above?.spec.source?.directory?.recurse === true) return above;
  }
  return undefined;
}
