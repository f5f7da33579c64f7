import type { ControlPlaneDefinition } from "../definition/control-plane.ts";
import type { Definitions } from "../definition/definitions.ts";
import { nearestNames } from "../errors/nearest-names.ts";
import { UserError } from "../errors/user-error.ts";

/** The control plane of that name, or the only one. @throws UserError when there is none, or several and no name */
export function chosenControlPlane(
  { controlPlanes }: Pick<Definitions, "controlPlanes">,
  name: string | undefined,
): ControlPlaneDefinition {
  const names = controlPlanes.map((entry) => entry.name);
  if (names.length === 0) throw new UserError("there is no control plane", { hint: "define one in environments/registry.ts" });
  const chosen = name === undefined && controlPlanes.length === 1 ? controlPlanes[0] : controlPlanes.find((entry) => entry.name === name);
  if (chosen !== undefined) return chosen;
  if (name === undefined)
    throw new UserError("there are several control planes", { hint: `choose by --control-plane: ${nearestNames("", names)}` });
  throw new UserError(`there is no control plane '${name}'`, { hint: `the control planes are: ${nearestNames(name, names)}` });
}
