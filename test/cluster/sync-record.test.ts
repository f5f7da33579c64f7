import { describe, expect, test } from "@jest/globals";
import { readApplication, readApplicationSpec } from "../../lib/cluster/application.ts";
import { type ApplicationReport, reportApplication } from "../../lib/cluster/application-report.ts";
import { newSyncRecords } from "../../lib/cluster/sync-record.ts";
import { caught } from "../support/caught.ts";
import { liveApplication } from "../support/live-application.ts";
import { plainGit } from "../support/plain-git.ts";

const revision = "a".repeat(40);

function report(name: string, history: readonly object[]): ApplicationReport {
  const live = liveApplication({ name, status: { history } });
  const labels = { name, environment: "dev", system: "shop" };
  const expected = { kind: "Application" as const, ...labels, generated: false, ...readApplicationSpec(live) };
  return reportApplication(expected, readApplication(live), { git: plainGit({ [revision]: {} }), revision });
}

const entry = (id: number, deployedAt: string, initiatedBy: object = { automated: true }): object => ({
  id,
  revision,
  deployedAt,
  deployStartedAt: "2026-04-01T07:00:00Z",
  initiatedBy,
});

const lines = (records: readonly object[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join("");

test("a sync is recorded with everything that tells who, what, when and where", () => {
  const history = [entry(3, "2026-04-01T08:00:00Z", { username: "ada" })];
  expect(newSyncRecords("", "syncs.jsonl", [report("shop", history)], "central")).toEqual([
    {
      application: "shop",
      uid: "uid-of-shop",
      id: 3,
      system: "shop",
      environment: "dev",
      revision,
      startedAt: "2026-04-01T07:00:00Z",
      deployedAt: "2026-04-01T08:00:00Z",
      by: "ada",
      automated: false,
      context: "central",
    },
  ]);
});

test("only syncs that are not recorded yet are new, by Application and number", () => {
  const [cart, shop] = [
    report("cart", [entry(0, "2026-04-01T08:00:00Z")]),
    report("shop", [entry(0, "2026-04-01T08:01:00Z"), entry(1, "2026-04-01T08:03:00Z")]),
  ];
  const recorded = lines(newSyncRecords("", "syncs.jsonl", [cart], "central"));
  expect(newSyncRecords(recorded, "syncs.jsonl", [cart, shop], "central").map(({ application, id }) => `${application} ${id}`)).toEqual([
    "shop 0",
    "shop 1",
  ]);
});

test("an Application that was made anew counts from zero again, and is another", () => {
  const before = lines(newSyncRecords("", "syncs.jsonl", [report("shop", [entry(0, "2026-04-01T08:00:00Z")])], "central"));
  const anew = before.replace("uid-of-shop", "uid-of-the-first");
  expect(newSyncRecords(anew, "syncs.jsonl", [report("shop", [entry(0, "2026-04-02T08:00:00Z")])], "central")).toHaveLength(1);
});

test("syncs of several Applications come in the order of time", () => {
  const reports = [
    report("shop", [entry(0, "2026-04-01T08:00:00Z"), entry(1, "2026-04-01T10:00:00Z")]),
    report("cart", [entry(0, "2026-04-01T09:00:00Z")]),
  ];
  expect(newSyncRecords("", "syncs.jsonl", reports, "central").map(({ application, id }) => `${application} ${id}`)).toEqual([
    "shop 0",
    "cart 0",
    "shop 1",
  ]);
});

describe("a line that is no record is named", () => {
  test.each(["nonsense", "{}", '{"uid":"a"}', '{"id":1}', "[]", "null"])("%s", (line) => {
    const recorded = `{"uid":"a","id":1}\n\n${line}\n`;
    expect(caught(() => newSyncRecords(recorded, "syncs.jsonl", [], "central"))).toBe(
      "the line 'syncs.jsonl:3' is not a record of a sync\nhint: mend or remove that line; nothing was written",
    );
  });
});
