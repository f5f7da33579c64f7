import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { enforcedLevel, podSecurityLevels } from "../../manifest/pod-security-labels.ts";
import type { RepositoryFacts, WorkloadFact } from "../../manifest/repository-facts.ts";
import type { Finding, Rule } from "../rule.ts";
import { budgetedWorkloads, type RenderedUnit, renderedUnits } from "../weaker/rendered-unit.ts";
import { weakerWorkload } from "../weaker/weaker-workload.ts";

/** What was proved in staging says little of something weaker. */
export const productionWeaker: Rule = {
  id: "production-weaker",
  severity: "error",
  subject: "environments",
  title: "Nothing in production is weaker than in the environment before it.",
  reason: "A difference that nobody meant, such as an overlay that forgot production, shows under its load or in its audit first.",
  fix: "Say the same for production, or waive the rule and say why it differs.",
  needs: "definitions",
  check: findWeaker,
};

function findWeaker(facts: RepositoryFacts): Finding[] {
  const { definitions } = facts;
  if (definitions === undefined) return [];
  const environments = definitions.definitions.environments.map(({ definition }) => definition);
  const isProduction = environments.map(({ policy }) => policy.approval === "pull-request");
  const budgeted = budgetedWorkloads(facts);
  const findings: Finding[] = [];
  for (const byEnvironment of renderedUnits(facts).values()) {
    environments.forEach(({ name }, position) => {
      if (isProduction[position] !== true) return;
      const before = environments.findLast(
        (other, index) => index < position && isProduction[index] === false && byEnvironment.has(other.name),
      );
      const [there] = byEnvironment.get(before?.name ?? "") ?? [];
      if (there === undefined) return;
      for (const here of byEnvironment.get(name) ?? []) findings.push(...weakerUnit(facts, here, there, budgeted));
    });
  }
  return findings;
}

function weakerUnit(facts: RepositoryFacts, here: RenderedUnit, there: RenderedUnit, budgeted: ReadonlySet<WorkloadFact>): Finding[] {
  const differences = new Map<Manifest, string[]>();
  const add = (manifest: Manifest, found: readonly string[]): void => {
    if (found.length > 0) differences.set(manifest, [...(differences.get(manifest) ?? []), ...found]);
  };
  for (const [name, workload] of here.workloads) {
    const other = there.workloads.get(name);
    if (other !== undefined) add(workload.manifest, weakerWorkload(facts, workload, other, budgeted));
  }
  const [first] = here.workloads.values();
  const main = first?.manifest ?? here.namespace;
  const missing = [...there.policies.keys()].filter((name) => !here.policies.has(name)).map((name) => `no NetworkPolicy '${name}'`);
  if (main !== undefined) add(main, missing);
  if (here.namespace !== undefined && there.namespace !== undefined) add(here.namespace, lowerLevel(here.namespace, there.namespace));
  return [...differences].map(([manifest, found]) => ({
    message: `${objectName(manifest.document)} is weaker than in '${there.environment}': ${found.join("; ")}`,
    hint: `say it for '${here.environment}' as well, or waive("production-weaker", …) with the reason`,
    manifest,
  }));
}

function lowerLevel(here: Manifest, there: Manifest): string[] {
  const [level, other] = [enforcedLevel(here), enforcedLevel(there)];
  return podSecurityLevels.indexOf(level) < podSecurityLevels.indexOf(other) ? [`Pod Security level '${level}' instead of '${other}'`] : [];
}
