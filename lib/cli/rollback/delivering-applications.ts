import type { ApplicationReport } from "../../cluster/application-report.ts";
import { type ExpectedObject, expectedObjects } from "../../cluster/expected-object.ts";
import type { ControlPlaneDefinition } from "../../definition/control-plane.ts";
import type { Definitions } from "../../definition/definitions.ts";
import { renderRepository } from "../../synth/line.ts";
import type { ProjectFiles } from "../project-files.ts";
import { readLineInput } from "../read-line-input.ts";
import type { RollbackScope } from "./rollback-scope.ts";

/** An Application that delivers something of what goes back. */
export interface DeliveringApplication {
  readonly name: string;
  /** Whether it syncs by itself. */
  readonly automated: boolean;
  /** What it reads, from the repository's root. */
  readonly path: string;
  /** What it delivers besides, by name. */
  readonly besides: readonly string[];
  /** As the cluster has it, where that was asked. */
  readonly report: ApplicationReport | undefined;
}

/** The control plane that serves an environment. */
export function controlPlaneOf({ controlPlanes }: Definitions, { environment }: RollbackScope): ControlPlaneDefinition | undefined {
  return controlPlanes.find(({ environments }) => environments.includes(environment));
}

/**
 * The Applications that deliver what goes back, by name.
 *
 * @param reports - what a cluster has; @default it was not asked
 */
export function deliveringApplications(
  definitions: Definitions,
  project: ProjectFiles,
  scope: RollbackScope,
  reports: readonly ApplicationReport[] = [],
): DeliveringApplication[] {
  const plane = controlPlaneOf(definitions, scope);
  if (plane === undefined) return [];
  const { manifests } = renderRepository(readLineInput(definitions, project));
  return expectedObjects(manifests, plane.name)
    .filter((entry) => entry.kind === "Application" && entry.environment === scope.environment.name && entry.system === scope.system.name)
    .flatMap((entry) => deliveringApplication(entry, definitions, scope, reports));
}

function deliveringApplication(
  { name, automated, source }: ExpectedObject,
  { repository }: Definitions,
  { units, system }: RollbackScope,
  reports: readonly ApplicationReport[],
): DeliveringApplication[] {
  const path = source.path ?? "";
  // `<environment>/<cluster>/<system>`, and a unit where the Application is of one
  const [, , , unit] = path.slice(repository.output.length + 1).split("/");
  if (unit !== undefined && !units.names.has(unit)) return [];
  const besides = unit === undefined ? system.services.map((service) => service.name).filter((other) => !units.names.has(other)) : [];
  return [{ name, automated, path, besides, report: reports.find((report) => report.name === name) }];
}
