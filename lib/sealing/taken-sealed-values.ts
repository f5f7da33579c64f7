import type { UnitSealedValues } from "../definition/workload-class.ts";
import type { Issue } from "../manifest/issue.ts";
import { missingCiphertext } from "../manifest/sealed-ciphertext.ts";
import { sealedKey, sealedSecretsRule, type SealedValues } from "./sealed-values.ts";

/** Where a unit's ciphertexts are looked up. */
export interface TakenSealedValuesProps {
  readonly values: SealedValues;
  readonly environment: string;
  readonly system: string;
  readonly cluster: string;
  /** Whether the environment has other clusters, each with a controller and keys of its own. */
  readonly severalClusters: boolean;
}

/** The ciphertexts of one unit on one cluster; keeps book of what the construct takes, as images are. */
export class TakenSealedValues implements UnitSealedValues {
  readonly taken = new Set<string>();
  readonly issues: Issue[] = [];
  readonly #props: TakenSealedValuesProps;

  constructor(props: TakenSealedValuesProps) {
    this.#props = props;
  }

  take(secret: string, key: string): string {
    const { values, environment, system, cluster, severalClusters } = this.#props;
    const forAll = sealedKey(system, secret, key);
    const own = sealedKey(system, secret, key, cluster);
    // a cluster's own comes first; the other is for clusters that share their key
    const found = values.entries.get(own) ?? values.entries.get(forAll);
    if (found !== undefined) {
      this.taken.add(found.key);
      return found.value;
    }
    if (values.broken !== "every" && !values.broken.has(own) && !values.broken.has(forAll)) {
      const which = severalClusters ? ` --cluster ${cluster}` : "";
      this.issues.push({
        severity: "error",
        rule: sealedSecretsRule,
        message: `no ciphertext for '${severalClusters ? own : forAll}' in '${environment}'`,
        hint: `run \`keelson seal ${system}/${secret} --environment ${environment}${which} --key ${key} --certificate <file>\``,
        ...(values.there && { position: { file: values.file, line: 1 } }),
      });
    }
    return missingCiphertext;
  }
}
