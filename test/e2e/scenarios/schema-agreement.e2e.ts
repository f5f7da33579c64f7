import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stderr } from "node:process";
import { beforeAll, expect, test } from "@jest/globals";
import { projectRoot } from "../../support/project-copy.ts";
import type { KubernetesObject } from "../../../lib/manifest/manifest.ts";
import { bases, formatCases, withValue } from "../../validation/formats/format-cases.ts";
import { committedManifests } from "../committed-manifests.ts";
import { type ControlPlane, startControlPlane } from "../control-plane/control-plane.ts";
import { ownControlPlaneOnly } from "../own-control-plane-only.ts";
import { breakagesOf } from "../schema-agreement/breakages.ts";
import { type DryRun, openDryRun } from "../schema-agreement/dry-run.ts";
import { knownDifferences } from "../schema-agreement/known-differences.ts";
import { ourVerdict } from "../schema-agreement/our-verdict.ts";
import { generatedFiles } from "../schemas/generated-files.ts";
import { Undo } from "../undo.ts";

const namespace = "schema-agreement";

/** A field of a newer operator than the one whose CustomResourceDefinitions stand here. */
const newerField = "nullBytePolicy";

/** An object, and what is asked of both sides. */
interface Case {
  readonly title: string;
  readonly document: KubernetesObject;
}

test("the committed schemas are what the Go modules give", async () => {
  const folder = join(projectRoot, "lib/schema/generated");
  const files = await generatedFiles();
  expect(readdirSync(folder).sort()).toEqual([...files.keys()].sort());
  for (const [name, text] of files) expect({ name, same: readFileSync(join(folder, name), "utf8") === text }).toEqual({ name, same: true });
});

// The real CustomResourceDefinitions judge: a control plane of its own, in which all of them are installed.
ownControlPlaneOnly("our rules and the API server", () => {
  const undo = new Undo();
  let server: DryRun;

  beforeAll(async () => {
    const plane: ControlPlane = await startControlPlane({ argocd: false });
    undo.later(() => plane.stop());
    await plane.kubectl(["create", "namespace", namespace]);
    server = openDryRun(plane.kubeconfig, namespace);
    undo.later(() => {
      server.close();
    });
  });

  /** The cases on which the two disagree: who refuses, and what is said. */
  async function disagreements(
    cases: readonly Case[],
  ): Promise<readonly { title: string; refusedBy: "us" | "the API server"; message: string }[]> {
    const verdicts = await server.judge(cases.map(({ document }) => document));
    return cases.flatMap(({ title, document }, index) => {
      const theirs = verdicts[index];
      const ours = ourVerdict(document);
      if (theirs === undefined || theirs.accepted === ours.accepted) return [];
      return [
        theirs.accepted
          ? { title, refusedBy: "us", message: ours.message }
          : { title, refusedBy: "the API server", message: theirs.message },
      ];
    });
  }

  test("agree on one object of every kind that is rendered, and on each of its breakages", async () => {
    const cases = richestOfEachKind().flatMap((document) => [{ title: `${document.kind}: as it is`, document }, ...breakagesOf(document)]);
    const found = await disagreements(cases);
    stderr.write(`${cases.length} objects, ${found.length} known differences\n`);
    const isKnown = ({ title, refusedBy }: (typeof found)[number], known: (typeof knownDifferences)[number]): boolean =>
      known.refusedBy === refusedBy && known.cases.test(title);
    expect(found.filter((case_) => !knownDifferences.some((known) => isKnown(case_, known)))).toEqual([]);
    const outOfDate = knownDifferences.filter((known) => !found.some((case_) => isKnown(case_, known)));
    expect(outOfDate).toEqual([]);
    expect(cases.length).toBeGreaterThan(4000);
  });

  test("agree on good and bad values of every field whose format we know", async () => {
    const good = Object.entries(bases).map(([kind, document]) => ({ title: kind, document }));
    const values = formatCases.flatMap((row) => [...row.good, ...row.bad].map((value) => ({ row, value })));
    const title = ({ kind, path }: (typeof formatCases)[number], value: unknown): string =>
      `${kind} ${path}: ${value === undefined ? "nothing" : JSON.stringify(value).slice(0, 200)}`;
    const found = await disagreements([
      ...good,
      ...values.map(({ row, value }) => ({ title: title(row, value), document: withValue(row, value) })),
    ]);
    // what only we refuse is said where it stands, and must be true
    const expected = formatCases
      .filter(({ serverTakesAll }) => serverTakesAll !== undefined)
      .flatMap((row) => row.bad.map((value) => title(row, value)));
    expect(found.filter((case_) => !(case_.refusedBy === "us" && expected.includes(case_.title)))).toEqual([]);
    expect(found.map((case_) => case_.title).sort()).toEqual(expected.sort());
  });

  test("differ on the field of a newer operator, which only we know", async () => {
    const newer = allManifests().find((document) => JSON.stringify(document).includes(newerField));
    expect(newer).toBeDefined();
    const found = await disagreements(newer === undefined ? [] : [{ title: newerField, document: newer }]);
    expect(found).toEqual([{ title: newerField, refusedBy: "the API server", message: expect.stringContaining(newerField) as unknown }]);
  });
});

function allManifests(): readonly KubernetesObject[] {
  return [...committedManifests(projectRoot), ...committedManifests(projectRoot, "test/golden/bookshop")].map(({ document }) => document);
}

/** Of every kind the object that says most. */
function richestOfEachKind(): readonly KubernetesObject[] {
  const richest = new Map<string, { readonly document: KubernetesObject; readonly size: number }>();
  for (const document of allManifests()) {
    const text = JSON.stringify(document);
    const key = `${document.apiVersion} ${document.kind}`;
    if (!text.includes(newerField) && text.length > (richest.get(key)?.size ?? 0)) richest.set(key, { document, size: text.length });
  }
  return [...richest.values()].map(({ document }) => document);
}
