import type { KubernetesApi, LiveObject } from "../../lib/cluster/kubernetes-api.ts";
import type { Definitions } from "../../lib/definition/definitions.ts";
import type { Manifest } from "../../lib/manifest/manifest.ts";
import type { Check, CheckResult } from "../../lib/preflight/check.ts";
import type { ProjectFacts } from "../../lib/preflight/project-facts.ts";
import { runChecks } from "../../lib/preflight/run-checks.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { FakeCluster } from "../support/fake-cluster.ts";

const [central] = bookshop.controlPlanes;
if (central === undefined) throw new Error("the bookshop has no control plane");

/** Facts of a project without objects, at its control plane `central`, unless a test says otherwise. */
export function projectFacts(facts: Partial<ProjectFacts> = {}): ProjectFacts {
  return {
    definitions: bookshop,
    controlPlane: central!,
    manifests: [],
    errors: 0,
    staleFiles: [],
    clone: "there is no clone",
    ...facts,
  };
}

/** Definitions with other words about the whole company. */
export function definitionsOf(changes: {
  readonly url?: string;
  readonly branch?: string;
  readonly name?: string;
  readonly domain?: string;
  readonly registry?: string;
}): Definitions {
  const { url = "https://git.paperback.test/gitops.git", branch = "trunk", ...organization } = changes;
  return {
    ...bookshop,
    organization: { name: "paperback", domain: "paperback.test", registry: "registry.paperback.test/books", ...organization },
    repository: { ...bookshop.repository, url, branch },
  };
}

/** What one check finds, as `runChecks` tells it. */
export async function found(
  check: Check,
  world: {
    readonly facts?: Partial<ProjectFacts>;
    readonly manifests?: readonly Manifest[];
    readonly objects?: readonly LiveObject[];
    readonly cluster?: KubernetesApi;
  } = {},
): Promise<CheckResult> {
  const { facts, manifests = [], objects = [], cluster = new FakeCluster({ objects }) } = world;
  const [item] = await runChecks([check], projectFacts({ manifests, ...facts }), cluster);
  if (item === undefined) throw new Error("no result");
  const { result, detail, findings, fix } = item;
  return { result, detail, ...(findings && { findings }), ...(fix !== undefined && { fix }) };
}
