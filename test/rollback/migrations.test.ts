import { expect, test } from "@jest/globals";
import { ImageReference } from "../../lib/image/image-reference.ts";
import { type Migration, migrationsSince } from "../../lib/rollback/migrations.ts";
import type { Pins } from "../../lib/image/pins.ts";
import type { UnitObject } from "../../lib/rollback/unit-objects.ts";

/** Orders move, and the tools beside them stay. */
const pinsOf = (tag: string): Pins =>
  new Map([
    ["shop/orders", ImageReference.parse(`ghcr.io/acme/orders:${tag}`)],
    ["shop/orders:tools", ImageReference.parse("ghcr.io/acme/tools:t1")],
  ]);

/** A state in which a workload runs an image. */
function state(
  tag: string,
  kind: string,
  image: string,
  annotations: Readonly<Record<string, string>> = {},
): { pins: Pins; objects: ReadonlyMap<string, UnitObject> } {
  const spec = { template: { spec: { containers: [{ name: "migration", image: `ghcr.io/acme/${image}` }] } } };
  const document = { apiVersion: "batch/v1", kind, metadata: { name: "migration", annotations }, spec };
  return { pins: pinsOf(tag), objects: new Map([["migration", { unit: "migration", document, name: `${kind} migration` }]]) };
}

const hook = { "argocd.argoproj.io/hook": "Sync" };

test.each<[string, ReturnType<typeof state>[], readonly Migration[]]>([
  [
    "a hook that ran with every version since",
    [state("v2", "Job", "orders:v2", hook), state("v3", "Job", "orders:v3", hook)],
    [{ object: "Job migration", versions: ["v2", "v3"], runsAgain: true }],
  ],
  ["a Job that is no hook", [state("v2", "Job", "orders:v2")], [{ object: "Job migration", versions: ["v2"], runsAgain: false }]],
  [
    "a Job that is gone again",
    [state("v2", "Job", "orders:v2"), { pins: pinsOf("v3"), objects: new Map() }],
    [{ object: "Job migration", versions: ["v2"], runsAgain: false }],
  ],
  ["a Job of another image", [state("v2", "Job", "mailer:v2", hook)], []],
  ["a Job of a pin that does not move", [state("v2", "Job", "tools:t1", hook)], []],
  ["a workload that only serves", [state("v2", "Deployment", "orders:v2")], []],
])("%s", (_, undone, migrations) => {
  expect(migrationsSince(undone, pinsOf("v1"))).toEqual(migrations);
});
