import { isKeelsons, label } from "../manifest/labels.ts";
import { readApplication } from "./application.ts";
import { type ApplicationReport, reportApplication } from "./application-report.ts";
import { isSelected, type DeliverySelection, selectExpected } from "./delivery-selection.ts";
import { type DeliveryState, isAsItShouldBe, worstFirst } from "./delivery-state.ts";
import { type DeliveryKind, deliveryKinds, type DeliveryLabels, type ExpectedObject } from "./expected-object.ts";
import { Fields } from "./fields.ts";
import type { WantedCommit } from "./git-facts.ts";
import type { LiveObject } from "./kubernetes-api.ts";

/** An expected AppProject or ApplicationSet. */
export interface ObjectReport extends DeliveryLabels {
  readonly kind: Exclude<DeliveryKind, "Application">;
  /** `missing`, `foreign`, `deleting`, `failed` or `ok`. */
  readonly state: DeliveryState;
  /** What there is to say of the state, in one line; may be empty. */
  readonly note: string;
}

/** Something in Argo CD's namespace that no definition makes. */
export interface Stranger extends DeliveryLabels {
  readonly kind: DeliveryKind;
  /** Whether it carries Keelson's label: it was in Git once. */
  readonly ours: boolean;
}

/** What a control plane holds beside what it should hold. */
export interface StatusReport {
  /** Whether everything that is expected is as it should be. */
  readonly ok: boolean;
  /** Worst first, then by name. */
  readonly applications: readonly ApplicationReport[];
  /** Worst first, then by name. */
  readonly objects: readonly ObjectReport[];
  /** By kind and name. */
  readonly notInGit: readonly Stranger[];
}

/**
 * Compares what is expected with what is live.
 *
 * @param wanted - the commit that Applications are held to
 * @param oldest - a comparison from before this time tells nothing; RFC 3339; @default any may be as old as it is
 * @throws UserError when the selection names something that is not expected
 */
export function reportStatus(
  expected: readonly ExpectedObject[],
  live: readonly LiveObject[],
  wanted: WantedCommit,
  selection: DeliverySelection = {},
  oldest?: string,
): StatusReport {
  const selected = selectExpected(expected, selection);
  const found = (kind: DeliveryKind, name: string): LiveObject | undefined =>
    live.find((object) => object.kind === kind && object.metadata.name === name);
  const applications = selected
    .filter(({ kind }) => kind === "Application")
    .map((entry) => {
      const object = found("Application", entry.name);
      return reportApplication(entry, object && readApplication(object), wanted, oldest);
    })
    .sort(worstFirst);
  const objects = selected.flatMap((entry) => reportObject(entry, found(entry.kind, entry.name))).sort(worstFirst);
  const notInGit = strangers(expected, live).filter((entry) => isSelected(selection, entry));
  return { ok: [...applications, ...objects].every(({ state }) => isAsItShouldBe(state)), applications, objects, notInGit };
}

function reportObject({ kind, name, environment, system }: ExpectedObject, live: LiveObject | undefined): ObjectReport[] {
  if (kind === "Application") return [];
  const [state, note] = judgeObject(live);
  return [{ kind, name, environment, system, state, note }];
}

function judgeObject(live: LiveObject | undefined): [DeliveryState, string] {
  if (live === undefined) return ["missing", ""];
  if (!isKeelsons(live.metadata.labels)) return ["foreign", `its label ${label.managedBy} is not 'keelson'`];
  if (live.metadata.deletionTimestamp !== undefined) return ["deleting", `since ${live.metadata.deletionTimestamp}`];
  const conditions = new Fields(live.status).each("conditions");
  const failure = conditions.find((entry) => entry.text("type") === "ErrorOccurred" && entry.text("status") === "True");
  return failure === undefined ? ["ok", ""] : ["failed", failure.text("message") ?? ""];
}

function strangers(expected: readonly ExpectedObject[], live: readonly LiveObject[]): Stranger[] {
  // Argo CD makes its project `default` itself, and makes it again
  const known = new Set(["AppProject/default", ...expected.map(({ kind, name }) => `${kind}/${name}`)]);
  return deliveryKinds.flatMap(({ kind }) =>
    live
      .filter((object) => object.kind === kind && !known.has(`${kind}/${object.metadata.name}`))
      .map((object) => {
        const { name, labels = {} } = object.metadata;
        return { kind, name, environment: labels[label.environment], system: labels[label.partOf], ours: isKeelsons(labels) };
      }),
  );
}
