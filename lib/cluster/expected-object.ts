import { label } from "../manifest/labels.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { applicationKind, applicationSetKind, type ApplicationSpec, appProjectKind, readApplicationSpec } from "./application.ts";

/** What delivers: the kinds that a control plane is made of. */
export const deliveryKinds = [applicationKind, appProjectKind, applicationSetKind] as const;

/** One of {@link deliveryKinds}. */
export type DeliveryKind = (typeof deliveryKinds)[number]["kind"];

/** Whose something that delivers is, as its labels say. */
export interface DeliveryLabels {
  readonly name: string;
  readonly environment: string | undefined;
  readonly system: string | undefined;
}

/** An object that definitions put into Argo CD's namespace; what is asked of an Application says nothing for the other kinds. */
export interface ExpectedObject extends DeliveryLabels, ApplicationSpec {
  readonly kind: DeliveryKind;
  /** Whether an ApplicationSet makes it. */
  readonly generated: boolean;
}

/** Everything that a control plane's Argo CD should hold: roots, projects, sets, and Applications with those that sets will make. */
export function expectedObjects(manifests: readonly Manifest[], controlPlane: string): ExpectedObject[] {
  return manifests.flatMap(({ owner, document }) => {
    if (!("controlPlane" in owner) || owner.controlPlane !== controlPlane) return [];
    const kind = deliveryKinds.find((entry) => entry.kind === document.kind && entry.apiVersion === document.apiVersion)?.kind;
    if (kind === undefined) return [];
    const { name, labels = {} } = document.metadata;
    const about = { kind, name, environment: labels[label.environment], system: labels[label.partOf] };
    return [{ ...about, generated: owner.scope === "expanded", ...readApplicationSpec(document) }];
  });
}
