import type { Definitions } from "../../../lib/definition/definitions.ts";
import type { Issue } from "../../../lib/manifest/issue.ts";
import { type KubernetesObject, type Manifest, objectName } from "../../../lib/manifest/manifest.ts";
import { RepositoryFacts } from "../../../lib/manifest/repository-facts.ts";
import { applyWaivers, waiverRule } from "../../../lib/validation/apply-waivers.ts";
import type { Rule } from "../../../lib/validation/rule.ts";
import { rules } from "../../../lib/validation/rules.ts";
import { schema } from "../../../lib/validation/rules/schema.ts";
import { argocdOperators } from "./argocd-operators.ts";
import { availabilityOperators } from "./availability-operators.ts";
import { fieldOperators } from "./field-operators.ts";
import type { MutationOperator } from "./operator.ts";
import type { Draft } from "./pointer.ts";
import { referenceOperators } from "./reference-operators.ts";
import { securityOperators } from "./security-operators.ts";

/** Every operator. */
export const operators: readonly MutationOperator[] = [
  ...fieldOperators,
  ...referenceOperators,
  ...argocdOperators,
  ...securityOperators,
  ...availabilityOperators,
];

/** One object broken in one way, and which rule saw it. */
export interface Mutant {
  readonly operator: string;
  readonly manifest: Manifest;
  /** `undefined`: no rule says more than it says of the whole as it is. */
  readonly killedBy: Pick<Issue, "rule" | "severity"> | undefined;
}

/** How people name a mutant: `misspell-a-field: Service shop-dev/frontend`. */
export function mutantName({ operator, manifest }: Mutant): string {
  return `${operator}: ${objectName(manifest.document)}`;
}

/** Breaks every object in every way that fits, one at a time, and asks all rules each time. */
export function* runMutants(manifests: readonly Manifest[], definitions: Definitions): Generator<Mutant> {
  const whole = new RepositoryFacts(manifests, definitions);
  const known = new Map(rules.map((rule) => [rule.id, new Set(findings(whole, definitions, rule).map(textOf))]));
  for (const operator of operators) {
    for (const [index, manifest] of manifests.entries()) {
      const draft = structuredClone(manifest.document) as unknown as Draft;
      const outcome = operator.mutate(draft, manifest);
      if (outcome === false) continue;
      const broken = { ...manifest, document: draft as unknown as KubernetesObject };
      const mutated = manifests.slice();
      if (outcome === "deleted") mutated.splice(index, 1);
      else mutated[index] = broken;
      // where the schema speaks, the whole need not be asked
      const misshapen = outcome !== "deleted" && schema.check(new RepositoryFacts([broken])).length > 0;
      const killedBy = misshapen ? ({ rule: schema.id, severity: "error" } as const) : firstNew(mutated, definitions, known);
      yield { operator: operator.name, manifest, killedBy };
    }
  }
}

/** An error, if there is one among what is new; else a warning. */
function firstNew(
  manifests: readonly Manifest[],
  definitions: Definitions,
  known: ReadonlyMap<string, ReadonlySet<string>>,
): Mutant["killedBy"] {
  const facts = new RepositoryFacts(manifests, definitions);
  let warning: Mutant["killedBy"];
  for (const rule of rules) {
    if (rule.severity === "warning" && warning !== undefined) continue;
    const found = findings(facts, definitions, rule).filter((issue) => known.get(rule.id)?.has(textOf(issue)) !== true);
    if (found.some(({ severity }) => severity === "error")) return { rule: rule.id, severity: "error" };
    if (found.length > 0) warning = { rule: rule.id, severity: "warning" };
  }
  return warning;
}

/** What no waiver lets pass. Waivers that waive nothing are not asked for here: one rule at a time never uses them all. */
function findings(facts: RepositoryFacts, definitions: Definitions, rule: Rule): Issue[] {
  const found = rule.check(facts).map((finding) => ({ severity: rule.severity, ...finding, rule: rule.id }));
  return applyWaivers(found, definitions).issues.filter((issue) => issue.rule !== waiverRule);
}

function textOf({ message, manifest }: Issue): string {
  return `${message}${manifest === undefined ? "" : ` @ ${objectName(manifest.document)}`}`;
}
