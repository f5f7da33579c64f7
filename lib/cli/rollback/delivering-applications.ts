import type { ApplicationReport } from "../../cluster/application-report.ts";
import { type ExpectedObject, expectedObjects } from "../../cluster/expected-object.ts";
import { servingControlPlane } from "../../definition/control-plane.ts";
import type { Definitions } from "../../definition/definitions.ts";
import { heldUnits } from "../../manifest/dist-paths.ts";
import { renderUnchecked } from "../../synth/line.ts";
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
  const plane = servingControlPlane(definitions, scope.environment.name);
  if (plane === undefined) return [];
  const { manifests } = renderUnchecked(readLineInput(definitions, project));
  return expectedObjects(manifests, plane.name)
    .filter((entry) => entry.kind === "Application" && entry.environment === scope.environment.name && entry.system === scope.system.name)
    .flatMap((entry) => deliveringApplication(entry, scope, reports));
}

function deliveringApplication(
  { name, automated, source }: ExpectedObject,
  { units, system, environment }: RollbackScope,
  reports: readonly ApplicationReport[],
): DeliveringApplication[] {
  const path = source.path ?? "";
  const held = heldUnits(path, environment.name, system.name);
  if (held === undefined || (held.unit !== undefined && !units.names.has(held.unit))) return [];
  const besides = held.unit === undefined ? system.services.map((service) => service.name).filter((other) => !units.names.has(other)) : [];
  return [{ name, automated, path, besides, report: reports.find((report) => report.name === name) }];
}
