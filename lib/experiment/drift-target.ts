import { nearestNames } from "../errors/nearest-names.ts";
import { UserError } from "../errors/user-error.ts";
import { groupKind, type KubernetesObject, type Manifest, type Owner } from "../manifest/manifest.ts";

/** Which service, where. */
export interface DriftTargetQuery {
  readonly system: string;
  readonly service: string;
  readonly environment: string;
  /** @default the only one */
  readonly cluster?: string;
}

/** What a trial damages, and what puts it right. */
export interface DriftTarget extends Required<DriftTargetQuery> {
  /** The rendered Application that holds the Deployment. */
  readonly application: KubernetesObject;
  /** The rendered Deployment. */
  readonly deployment: KubernetesObject;
  /** The HorizontalPodAutoscaler that owns its number of Pods. */
  readonly autoscaler: string | undefined;
}

type UnitOwner = Extract<Owner, { scope: "environment" }>;

/**
 * Finds the Deployment of a service, and its Application, in what Git wants.
 *
 * @param manifests - the rendered repository
 * @param foldersOf - the folders of a unit's files that an Application may read, from the repository's root
 * @throws UserError when the service is not there, has no Deployment, or runs on several clusters and none is named
 */
export function findDriftTarget(
  manifests: readonly Manifest[],
  query: DriftTargetQuery,
  foldersOf: (owner: UnitOwner) => readonly string[],
): DriftTarget {
  const { system, service, environment } = query;
  const own = manifests.flatMap(({ owner, document }) =>
    owner.scope === "environment" && owner.system === system && owner.unit === service && owner.environment === environment
      ? [{ owner, document }]
      : [],
  );
  if (own.length === 0) throw unknownService(manifests, query);
  const cluster = chosenCluster(new Set(own.map(({ owner }) => owner.cluster)), query);
  const objects = own.filter(({ owner }) => owner.cluster === cluster);
  const deployments = objects.filter(({ document }) => groupKind(document) === "apps/Deployment");
  const found = deployments.find(({ document }) => document.metadata.name === service) ?? deployments[0];
  if (found === undefined)
    throw new UserError(`'${system}/${service}' has no Deployment in '${environment}'`, {
      hint: "name a service that runs as a Deployment",
    });
  const folders = foldersOf(found.owner);
  const application = manifests.find(({ document }) => document.kind === "Application" && folders.includes(pathOf(document)));
  if (application === undefined) throw new Error(`no Application reads ${folders.join(" or ")}`);
  const autoscaler = objects.find(({ document }) => scales(document, found.document.metadata.name))?.document.metadata.name;
  return { ...query, cluster, application: application.document, deployment: found.document, autoscaler };
}

function unknownService(manifests: readonly Manifest[], { system, service, environment }: DriftTargetQuery): UserError {
  const services = manifests.flatMap(({ owner }) =>
    owner.scope === "environment" && owner.environment === environment ? [`${owner.system}/${owner.unit}`] : [],
  );
  return new UserError(`there is no service '${system}/${service}' in '${environment}'`, {
    hint: services.length === 0 ? "check the name of the environment" : `for example: ${nearestNames(`${system}/${service}`, services)}`,
  });
}

function chosenCluster(clusters: ReadonlySet<string>, { system, service, environment, cluster }: DriftTargetQuery): string {
  const [first = "", ...others] = clusters;
  if (cluster === undefined && others.length === 0) return first;
  if (cluster !== undefined && clusters.has(cluster)) return cluster;
  const where = `'${system}/${service}' in '${environment}'`;
  throw new UserError(cluster === undefined ? `${where} runs on several clusters` : `${where} does not run on cluster '${cluster}'`, {
    hint: `name one of these with --cluster: ${nearestNames(cluster ?? first, clusters)}`,
  });
}

function pathOf(application: KubernetesObject): string {
  return (application.spec as { source?: { path?: string } } | undefined)?.source?.path ?? "";
}

function scales(document: KubernetesObject, deployment: string): boolean {
  if (document.kind !== "HorizontalPodAutoscaler") return false;
  const target = (document.spec as { scaleTargetRef?: { kind?: string; name?: string } } | undefined)?.scaleTargetRef;
  return target?.kind === "Deployment" && target.name === deployment;
}
