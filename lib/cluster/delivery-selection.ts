import { nearestNames } from "../errors/nearest-names.ts";
import { UserError } from "../errors/user-error.ts";
import type { DeliveryKind, DeliveryLabels, ExpectedObject } from "./expected-object.ts";

/** Which part of what is delivered is looked at; an empty selection is everything. */
export interface DeliverySelection {
  readonly environment?: readonly string[];
  readonly system?: readonly string[];
  /** Applications by name; nothing of another kind is looked at then. */
  readonly application?: readonly string[];
}

/** Whether something is in the selection. */
export function isSelected(
  { environment, system, application }: DeliverySelection,
  entry: DeliveryLabels & { readonly kind: DeliveryKind },
): boolean {
  const among = (names: readonly string[] | undefined, name: string | undefined): boolean =>
    names === undefined || names.length === 0 || (name !== undefined && names.includes(name));
  const ofKind = application === undefined || application.length === 0 || entry.kind === "Application";
  return ofKind && among(environment, entry.environment) && among(system, entry.system) && among(application, entry.name);
}

/**
 * The expected objects of a selection.
 *
 * @throws UserError when it names something that nothing expected has, or nothing is left
 */
export function selectExpected(expected: readonly ExpectedObject[], selection: DeliverySelection): ExpectedObject[] {
  const applications = expected.filter(({ kind }) => kind === "Application");
  requireKnown(
    "environment",
    selection.environment,
    applications.map((entry) => entry.environment),
  );
  requireKnown(
    "system",
    selection.system,
    applications.map((entry) => entry.system),
  );
  requireKnown(
    "Application",
    selection.application,
    applications.map((entry) => entry.name),
  );
  const selected = expected.filter((entry) => isSelected(selection, entry));
  if (!selected.some(({ kind }) => kind === "Application"))
    throw new UserError("no Application is selected", { hint: "--environment, --system and --application must all fit it" });
  return selected;
}

function requireKnown(what: string, wanted: readonly string[] | undefined, known: readonly (string | undefined)[]): void {
  const names = known.filter((name) => name !== undefined);
  const stranger = wanted?.find((name) => !names.includes(name));
  if (stranger === undefined) return;
  throw new UserError(`there is no ${what} '${stranger}' on this control plane`, {
    hint: `the nearest are: ${nearestNames(stranger, names)}`,
  });
}
