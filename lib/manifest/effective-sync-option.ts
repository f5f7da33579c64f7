import { syncOptionsOf } from "./application-document.ts";
import { argocdAnnotation, listedIn } from "./argocd-annotations.ts";
import type { KubernetesObject } from "./manifest.ts";
import type { SyncOptionName } from "./sync-option-names.ts";

/** The value of a sync option for an object: its own annotation's, else its Application's, where there is one. */
export function effectiveSyncOption(
  name: SyncOptionName,
  { metadata }: KubernetesObject,
  application: KubernetesObject | undefined,
): string | undefined {
  return (
    valueIn(listedIn(metadata.annotations?.[argocdAnnotation.syncOptions]), name) ??
    (application && valueIn(syncOptionsOf(application), name))
  );
}

function valueIn(options: readonly string[], name: SyncOptionName): string | undefined {
  return options.find((option) => option.startsWith(`${name}=`))?.slice(name.length + 1);
}
