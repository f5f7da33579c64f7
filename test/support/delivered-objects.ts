import { deliveryKinds } from "../../lib/cluster/expected-object.ts";
import type { LiveObject } from "../../lib/cluster/kubernetes-api.ts";
import type { Manifest } from "../../lib/manifest/manifest.ts";
import { liveApplication } from "./live-application.ts";

/** What a cluster holds of a rendered repository once Argo CD has synced all of it at a commit. */
export function deliveredObjects(manifests: readonly Manifest[], revision: string): LiveObject[] {
  return manifests
    .filter(({ owner }) => "controlPlane" in owner)
    .filter(({ document }) => deliveryKinds.some(({ kind }) => kind === document.kind))
    .map(({ document }) => {
      if (document.kind !== "Application") return document;
      const { status, metadata } = liveApplication({ name: document.metadata.name, revision });
      return { ...document, metadata: { ...document.metadata, uid: metadata.uid ?? "" }, status };
    });
}

/** The same objects, with some fields of one Application's status changed. */
export function withStatus(objects: readonly LiveObject[], name: string, status: Readonly<Record<string, unknown>>): LiveObject[] {
  return objects.map((object) => {
    if (object.kind !== "Application" || object.metadata.name !== name) return object;
    return { ...object, status: { ...(object.status as object), ...status } };
  });
}
