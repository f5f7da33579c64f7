import type { Definitions } from "../../lib/definition/definitions.ts";
import type { KubernetesObject, Manifest, ObjectMetadata, Owner } from "../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../lib/manifest/repository-facts.ts";
import type { Rule } from "../../lib/validation/rule.ts";

/** The unit `catalogue` of the system `bookshop` in `dev`, on the cluster `dev-eu`. */
export const catalogue = unitOf("catalogue");

/** The unit `checkout` beside it. */
export const checkout = unitOf("checkout");

/** A unit of the cluster-wide system `platform`, on the same cluster. */
export const platform: Owner = { scope: "cluster", cluster: "dev-eu", system: "platform", unit: "secret-stores" };

/** A unit of `bookshop`. */
export function unitOf(
  unit: string,
  place: { readonly environment?: string; readonly cluster?: string; readonly system?: string } = {},
): Owner {
  return { scope: "environment", environment: "dev", cluster: "dev-eu", system: "bookshop", ...place, unit };
}

/** Everything of an object but what {@link manifest} adds. */
export interface ObjectProps {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly metadata?: Partial<ObjectMetadata>;
  readonly [field: string]: unknown;
}

/** An object of a unit; called `catalogue`, in `bookshop-dev` and of the core group unless it says otherwise. */
export function manifest({ apiVersion = "v1", kind, metadata, ...fields }: ObjectProps, owner: Owner = catalogue): Manifest {
  const { name = "catalogue", ...others } = { namespace: "bookshop-dev", ...metadata };
  const document = { apiVersion, kind, metadata: withoutUndefined({ name, ...others }), ...fields } as unknown as KubernetesObject;
  return { owner, document, source: undefined };
}

/** The Namespace of `bookshop` in `dev`. */
export const bookshopNamespace = manifest(
  { kind: "Namespace", metadata: { name: "bookshop-dev", namespace: undefined } },
  unitOf("namespace"),
);

/** A Deployment whose Pods have this spec: one container `catalogue` with the port `http`, unless it says otherwise. */
export function deployment(
  spec: { readonly containers?: readonly object[]; readonly [field: string]: unknown } = {},
  metadata: Partial<ObjectMetadata> = {},
): Manifest {
  const name = metadata.name ?? "catalogue";
  const containers = (spec.containers ?? [{}]).map((container) => ({
    name,
    image: `registry.example/bookshop/${name}:sha-1234567`,
    ports: [{ name: "http", containerPort: 8080 }],
    ...container,
  }));
  const labels = { "app.kubernetes.io/name": name };
  return manifest({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata,
    spec: { template: { metadata: { labels }, spec: { ...spec, containers } } },
  });
}

/** What a rule says of `bookshop`'s Namespace and these manifests: each message, with its hint on a second line. */
export function reported(rule: Rule, manifests: readonly Manifest[], definitions?: Definitions): string[] {
  return rule
    .check(new RepositoryFacts([bookshopNamespace, ...manifests], definitions))
    .map(({ message, hint }) => (hint === undefined ? message : `${message}\nhint: ${hint}`));
}

function withoutUndefined(metadata: object): object {
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== undefined));
}
