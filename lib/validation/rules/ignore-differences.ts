import { syncOptionsOf } from "../../manifest/application-document.ts";
import type { Delivery } from "../../manifest/deliveries.ts";
import { concerns, hidesWhatIsWritten, type IgnoredDifference, ignoredDifferencesOf } from "../../manifest/ignored-difference.ts";
import { objectName } from "../../manifest/manifest.ts";
import type { Finding, Rule } from "../rule.ts";

/** What is left out of the comparison is still written by every sync, unless the Application says otherwise. */
export const ignoreDifferences: Rule = {
  id: "ignore-differences",
  severity: "error",
  subject: "argocd",
  title: "Every entry of ignoreDifferences is about an object of the Application, and syncs leave alone what it leaves out.",
  reason: "What is left out of the comparison is still written over by the next sync; an entry that fits no object does nothing.",
  fix: "Add the sync option RespectIgnoreDifferences=true, or take the field out of the file; mend the entry's group, kind or name.",
  needs: "definitions",
  check: (facts) => facts.deliveries?.all.flatMap(findingsOf) ?? [],
};

function findingsOf(delivery: Delivery): Finding[] {
  const { document } = delivery.application;
  const entries = ignoredDifferencesOf(document);
  if (entries.length === 0) return [];
  const respects = syncOptionsOf(document).includes("RespectIgnoreDifferences=true");
  return entries.flatMap((entry) => entryFinding(delivery, entry, respects) ?? []);
}

function entryFinding({ application, manifests }: Delivery, entry: IgnoredDifference, respects: boolean): Finding | undefined {
  const said = `${objectName(application.document)} ignores differences of ${entryName(entry)}`;
  const concerned = manifests.filter(({ document }) => concerns(entry, document));
  if (concerned.length === 0) {
    return {
      message: `${said}, but holds no such object`,
      hint: "mend group, kind, name or namespace, or take the entry out",
      manifest: application,
    };
  }
  const written = respects ? undefined : concerned.find(({ document }) => hidesWhatIsWritten(entry, document));
  if (written === undefined) return undefined;
  return {
    message: `${said}, but a sync writes over them in ${objectName(written.document)}`,
    hint: "add the sync option RespectIgnoreDifferences=true, or take the field out of the file",
    manifest: application,
  };
}

function entryName({ group = "", kind = "", name = "", namespace = "" }: IgnoredDifference): string {
  const kinds = group === "" ? kind : `${group}/${kind}`;
  return `'${kinds}'${name === "" ? "" : ` '${name}'`}${namespace === "" ? "" : ` in '${namespace}'`}`;
}
