import { createHash } from "node:crypto";
import { groupKind } from "../../manifest/manifest.ts";
import type { ReportedFinding } from "./report.ts";

/**
 * What a finding is recognized by from one run to the next: by its rule, its object and its words, not by its line, which moves. No two
 * findings of a list have the same.
 */
export function fingerprints(findings: readonly ReportedFinding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, object, file, place, message }) => {
    const name = object && `${groupKind(object)} ${object.metadata.namespace ?? ""}/${object.metadata.name}`;
    const identity = [rule, file ?? place?.file ?? "", name ?? "", message].join("\n");
    const times = seen.get(identity) ?? 0;
    seen.set(identity, times + 1);
    return createHash("sha256").update(`${identity}\n${times}`).digest("hex").slice(0, 32);
  });
}
