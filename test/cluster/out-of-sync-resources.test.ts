import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { readApplication } from "../../lib/cluster/application.ts";
import { findOutOfSyncResources } from "../../lib/cluster/out-of-sync-resources.ts";
import { GitRepository } from "../../lib/git/git-repository.ts";
import { liveApplication } from "../support/live-application.ts";
import { TemporaryClone } from "../support/temporary-clone.ts";

const path = "dist/dev/main/shop/frontend";

let clone: TemporaryClone;
beforeEach(() => {
  clone = new TemporaryClone();
});
afterEach(() => {
  clone.remove();
});

function configMap(name: string, value = "a"): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: shop-dev\ndata:\n  key: ${value}\n`;
}

const namespace = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop-dev\n";

/**
 * The names of the resources of an Application that Argo CD calls OutOfSync, as drifted and as pending.
 *
 * @param tried - the commit of the last operation; @default that of the last sync
 */
function sorted(synced: string, compared: string, names: readonly string[], tried = synced) {
  const resources = names.map((name) =>
    name === "Namespace"
      ? { kind: "Namespace", name: "shop-dev", status: "OutOfSync" }
      : { kind: "ConfigMap", namespace: "shop-dev", name, status: "OutOfSync" },
  );
  const history = [{ id: 0, revision: synced, deployedAt: "2026-04-01T08:00:00Z" }];
  const live = liveApplication({ revision: tried, status: { sync: { status: "OutOfSync", revision: compared }, history, resources } });
  const found = findOutOfSyncResources(readApplication(live), path, GitRepository.open(clone.folder));
  return found && { drifted: found.drifted.map(({ name }) => name), pending: found.pending.map(({ name }) => name) };
}

test("what an edited file holds is pending, everything else has drifted", () => {
  const synced = clone.commit({
    [`${path}/edited.yaml`]: configMap("edited"),
    [`${path}/kept.yaml`]: configMap("kept"),
    [`${path}/ns.yaml`]: namespace,
  });
  const compared = clone.commit({ [`${path}/edited.yaml`]: configMap("edited", "b") });
  expect(sorted(synced, compared, ["edited", "kept", "Namespace"])).toEqual({ drifted: ["kept", "shop-dev"], pending: ["edited"] });
});

test("what a new file holds is pending", () => {
  const synced = clone.commit({ [`${path}/kept.yaml`]: configMap("kept") });
  const compared = clone.commit({ [`${path}/new.yaml`]: configMap("new") });
  expect(sorted(synced, compared, ["kept", "new"])).toEqual({ drifted: ["kept"], pending: ["new"] });
});

test("what a file held when a sync of it failed, or brought a part only, was changed by that sync and by nobody else", () => {
  const synced = clone.commit({ [`${path}/edited.yaml`]: configMap("edited"), [`${path}/kept.yaml`]: configMap("kept") });
  const tried = clone.commit({ [`${path}/edited.yaml`]: configMap("edited", "b") });
  const reverted = clone.commit({ [`${path}/edited.yaml`]: configMap("edited") });
  expect(sorted(synced, reverted, ["edited", "kept"], tried)).toEqual({ drifted: ["kept"], pending: ["edited"] });
  expect(sorted(synced, reverted, ["edited", "kept"])).toEqual({ drifted: ["edited", "kept"], pending: [] });
});

test("what a renamed file holds has not changed", () => {
  const synced = clone.commit({ [`${path}/old-name.yaml`]: configMap("kept") });
  const compared = clone.commit({ [`${path}/old-name.yaml`]: undefined, [`${path}/new-name.yaml`]: configMap("kept") });
  expect(sorted(synced, compared, ["kept"])).toEqual({ drifted: ["kept"], pending: [] });
});

test("a file of the same name in another Application's folder is not this one's", () => {
  const synced = clone.commit({ [`${path}/kept.yaml`]: configMap("kept"), [`${path}-2/kept.yaml`]: configMap("kept") });
  const compared = clone.commit({ [`${path}-2/kept.yaml`]: configMap("kept", "b") });
  expect(sorted(synced, compared, ["kept"])).toEqual({ drifted: ["kept"], pending: [] });
});

test("without one of the commits nothing is said", () => {
  const synced = clone.commit({ [`${path}/kept.yaml`]: configMap("kept") });
  expect(sorted(synced, "f".repeat(40), ["kept"])).toBeUndefined();
  expect(sorted("f".repeat(40), synced, ["kept"])).toBeUndefined();
  expect(sorted(synced, synced, ["kept"], "f".repeat(40))).toBeUndefined();
});

test("a clone that is shallow lacks the commits before", () => {
  const synced = clone.commit({ [`${path}/kept.yaml`]: configMap("kept") });
  const compared = clone.commit({ [`${path}/kept.yaml`]: configMap("kept", "b") });
  const full = clone;
  clone = new TemporaryClone();
  try {
    clone.git("fetch", "--quiet", "--depth=1", `file://${full.folder}`, "main");
    expect(sorted(synced, compared, ["kept"])).toBeUndefined();
    clone.git("fetch", "--quiet", "--unshallow", `file://${full.folder}`, "main");
    expect(sorted(synced, compared, ["kept"])).toEqual({ drifted: [], pending: ["kept"] });
  } finally {
    full.remove();
  }
});
