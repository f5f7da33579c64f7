import { compareVersions } from "../../definition/compare-versions.ts";
import { type ApiLifecycle, apiLifecycles, newestKubernetes } from "../../manifest/api-lifecycles.ts";
import { groupKind, objectName, type Manifest } from "../../manifest/manifest.ts";
import type { RepositoryFacts } from "../../manifest/repository-facts.ts";
import { asWarning } from "../as-warning.ts";
import type { Finding, Rule } from "../rule.ts";

/** The lifecycles of each kind by API version, under its group and kind. */
type Lifecycles = ReadonlyMap<string, ReadonlyMap<string, ApiLifecycle>>;

/** What is wrong with an API version on some release. */
interface Verdict {
  readonly wrong: string;
  readonly hint: string;
  readonly severity: "error" | "warning";
}

/** Since then a new alpha or beta API is served only where its cluster switches it on. */
const offByDefaultSince = "1.24";
/** The exception: its betas were on. */
const alwaysOn = "flowcontrol.apiserver.k8s.io/";

/** An object in an API version that the API server does not serve is not applied at all. */
export const apiVersion: Rule = {
  id: "api-version",
  severity: "error",
  subject: "versions",
  title: "Every object is written in an API version that the Kubernetes of its cluster serves.",
  reason: "What the API server does not serve is not applied, and the sync of everything beside it fails.",
  fix: "Write the object in the version that the hint names.",
  needs: "manifests",
  check: findOutdated,
};

function findOutdated(facts: RepositoryFacts): Finding[] {
  const lifecycles = lifecyclesByKind();
  const verdicts = new Map<string, Map<ApiLifecycle, Verdict | undefined>>();
  const findings: Finding[] = [];
  for (const [kind, manifests] of facts.kinds) {
    const byApi = lifecycles.get(kind);
    if (byApi === undefined) continue;
    for (const manifest of manifests) {
      const lifecycle = byApi.get(manifest.document.apiVersion);
      if (lifecycle === undefined) continue;
      const target = targetOf(facts, manifest);
      if (target === undefined) continue;
      const known = verdicts.get(target) ?? new Map<ApiLifecycle, Verdict | undefined>();
      verdicts.set(target, known);
      if (!known.has(lifecycle)) known.set(lifecycle, judge(facts, lifecycle, byApi, target));
      const verdict = known.get(lifecycle);
      if (verdict !== undefined) findings.push(findingOf(manifest, verdict));
    }
  }
  return findings;
}

function lifecyclesByKind(): Lifecycles {
  const found = new Map<string, Map<string, ApiLifecycle>>();
  for (const lifecycle of apiLifecycles()) {
    for (const kind of lifecycle.kinds) {
      const key = groupKind({ apiVersion: lifecycle.api, kind });
      found.set(key, (found.get(key) ?? new Map<string, ApiLifecycle>()).set(lifecycle.api, lifecycle));
    }
  }
  return found;
}

/** The release that an object is for; of plain manifests what was said, else the newest; none where definitions do not say it. */
function targetOf({ definitions, kubernetes = newestKubernetes }: RepositoryFacts, { owner }: Manifest): string | undefined {
  return definitions === undefined ? kubernetes : definitions.clusterOf(owner)?.versions.kubernetes;
}

function judge(
  { definitions }: RepositoryFacts,
  lifecycle: ApiLifecycle,
  byApi: ReadonlyMap<string, ApiLifecycle>,
  target: string,
): Verdict | undefined {
  const { api, since, deprecated, removed } = lifecycle;
  const reached = (release: string | undefined): boolean => release !== undefined && compareVersions(target, release) >= 0;
  const hint = insteadOf(lifecycle, byApi, target);
  if (!reached(since)) {
    return {
      wrong: `which Kubernetes serves since ${since}, got '${target}'`,
      // constructs write one version for all clusters: it is not their author's to choose
      hint: definitions === undefined ? hint : `bring the cluster to Kubernetes ${since}, or mend versions in its definition`,
      severity: "error",
    };
  }
  if (reached(removed))
    return { wrong: `which Kubernetes serves no more since ${removed ?? ""}, got '${target}'`, hint, severity: "error" };
  if (reached(deprecated)) {
    const end = removed === undefined ? "" : ` and gone with ${removed}`;
    return { wrong: `which is deprecated since Kubernetes ${deprecated ?? ""}${end}, got '${target}'`, hint, severity: "warning" };
  }
  const unstable = /\/v\d+(alpha|beta)/.test(api) && compareVersions(since, offByDefaultSince) >= 0 && !api.startsWith(alwaysOn);
  return unstable ? { wrong: "which an API server serves only when it is told to", hint, severity: "warning" } : undefined;
}

/** The successor where the release serves it, else whatever it serves of the kind. */
function insteadOf({ api, successor }: ApiLifecycle, byApi: ReadonlyMap<string, ApiLifecycle>, target: string): string {
  const serves = ({ since, removed }: ApiLifecycle): boolean =>
    compareVersions(target, since) >= 0 && (removed === undefined || compareVersions(target, removed) < 0);
  const known = successor === undefined ? undefined : byApi.get(successor);
  if (successor !== undefined && (known === undefined || serves(known))) return `write it as ${successor}`;
  const other = [...byApi.values()].findLast((lifecycle) => lifecycle.api !== api && serves(lifecycle));
  return other === undefined ? "take it out, or say under versions of the cluster what runs there" : `write it as ${other.api}`;
}

function findingOf(manifest: Manifest, { wrong, hint, severity }: Verdict): Finding {
  const { document } = manifest;
  const finding = { message: `${objectName(document)} is written as ${document.apiVersion}, ${wrong}`, hint, manifest };
  return severity === "warning" ? asWarning(finding) : finding;
}
