import picocolors from "picocolors";
import type { SecretReader } from "../manifest/secret-readers.ts";
import type { NamespaceSecrets, SecretMaker, SecretUsage } from "../manifest/secret-report.ts";
import type { Io } from "./io.ts";

/** What becomes of a reader when the Secret rotates, for people. */
const effects: Readonly<Record<SecretReader["onRotation"], string>> = {
  restarts: "Reloader restarts it",
  "file-updates": "the file changes within a minute or so",
  "next-start": "old until the Pods start again",
  "next-pull": "used for the next pull",
  "at-once": "served at once",
};

/** Secrets as people read them: a block a namespace, under each Secret who makes it and who reads it. */
export function printSecrets(report: readonly NamespaceSecrets[], io: Io): void {
  const colors = picocolors.createColors(io.color && io.terminal);
  const lines = report.flatMap(({ environment, cluster, namespace, secrets }) => [
    colors.bold(`${environment ?? "cluster-wide"}, cluster ${cluster}, namespace ${namespace}`),
    ...secrets.flatMap((secret) => [
      `  ${secret.name}`,
      ...(secret.makers.length === 0
        ? [colors.yellow("    made by nothing that is rendered")]
        : secret.makers.map((maker) => `    ${madeBy(maker)}`)),
      ...(secret.readers.length === 0 ? [colors.yellow("    read by nobody")] : secret.readers.map((reader) => `    ${readBy(reader)}`)),
    ]),
    "",
  ]);
  io.stdout(`${[...lines, summary(report.flatMap(({ secrets }) => secrets))].join("\n")}\n`);
}

/** Secrets as programs read them. */
export function secretsAsJson(report: readonly NamespaceSecrets[]): object {
  return report.map(({ environment, cluster, namespace, secrets }) => ({
    ...(environment !== undefined && { environment }),
    cluster,
    namespace,
    secrets: secrets.map(({ name, makers, readers }) => ({
      name,
      madeBy: makers.map(({ manifest, adds, from, keys }) => ({
        kind: manifest.document.kind,
        name: manifest.document.metadata.name,
        ...(from !== undefined && { from }),
        ...(adds && { adds }),
        keys: keys === "unknown" ? keys : Object.fromEntries(keys.map(({ key, remote }) => [key, remote ?? null])),
      })),
      readBy: readers.map(({ manifest, as, name: under, keys, optional, onRotation }) => ({
        kind: manifest.document.kind,
        name: manifest.document.metadata.name,
        as,
        ...(under !== undefined && { [as === "file" ? "path" : "variable"]: under }),
        keys,
        ...(optional && { optional }),
        onRotation,
      })),
    })),
  }));
}

function madeBy({ manifest: { document }, adds, from, keys }: SecretMaker): string {
  const source = from === undefined ? "" : document.kind === "SealedSecret" ? ` (${from})` : ` from ${from}`;
  const list =
    keys === "unknown" ? "keys not known" : keys.map(({ key, remote }) => (remote === undefined ? key : `${key} = ${remote}`)).join(", ");
  return `${adds ? "given keys" : "made"} by ${document.kind} ${document.metadata.name}${source}: ${list}`;
}

function readBy({ manifest: { document }, as, name, keys, optional, onRotation }: SecretReader): string {
  const what = keys === "all" ? "every key" : keys.join(", ");
  const how = {
    environment: name === undefined ? `${what} as variables` : `${what} as ${name}`,
    file: `${what} under ${name ?? ""}`,
    "image-pull": "for pulling images",
    certificate: "as certificate",
  }[as];
  return `read by ${document.kind} ${document.metadata.name}: ${how}${optional ? ", optional" : ""}; ${effects[onRotation]}`;
}

function summary(secrets: readonly SecretUsage[]): string {
  const unread = secrets.filter(({ readers }) => readers.length === 0).length;
  const unmade = secrets.filter(({ makers }) => makers.length === 0).length;
  const count = `${secrets.length} ${secrets.length === 1 ? "Secret" : "Secrets"}`;
  return `${count}, ${unread} read by nobody, ${unmade} made by nothing that is rendered`;
}
