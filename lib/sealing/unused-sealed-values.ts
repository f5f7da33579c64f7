import type { Issue } from "../manifest/issue.ts";
import { unusedEntries } from "../manifest/unused-entries.ts";
import { sealedSecretsRule, type SealedValues } from "./sealed-values.ts";

/** An issue for every ciphertext that no sealed secret of the environment takes. */
export function findUnusedSealedValues(environment: string, values: SealedValues, taken: ReadonlySet<string>): Issue[] {
  return unusedEntries(values, taken, {
    rule: sealedSecretsRule,
    environment,
    entry: "the ciphertext of",
    remedy: "remove the line, or declare it under namespace.sealedSecrets of the system",
    shadowed: (key) => {
      const first = [...taken].filter((other) => other.startsWith(`${key}@`));
      if (first.length === 0) return undefined;
      return `${first.map((other) => `'${other}'`).join(" and ")} ${first.length === 1 ? "goes" : "go"} first: remove whichever is out of date`;
    },
  });
}
