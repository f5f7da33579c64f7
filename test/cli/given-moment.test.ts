import { expect, test } from "@jest/globals";
import { givenMoment } from "../../lib/cli/history/given-moment.ts";
import { caught } from "../support/caught.ts";

const now = new Date("2026-11-21T09:00:00.700Z");
const git = { commit: (revision: string) => (["v1.2.0", "abc1234", "2026-release"].includes(revision) ? "a".repeat(40) : undefined) };

test.each([
  ["2026-11-20T14:00:00Z", "2026-11-20T14:00:00Z"],
  ["2026-11-20T14:00:00.999Z", "2026-11-20T14:00:00Z"],
  ["2026-11-20t14:00:00z", "2026-11-20T14:00:00Z"],
  ["2026-11-20T14:00:00+01:00", "2026-11-20T13:00:00Z"],
  ["2026-11-20 14:00 ".trim(), "2026-11-20T14:00:00Z"],
  ["2026-11-20 00:30+01:00", "2026-11-19T23:30:00Z"],
  ["2026-11-20 14:00:59-05:30", "2026-11-20T19:30:59Z"],
  ["2026-11-20", "2026-11-20T00:00:00Z"],
  ["2028-02-29", "2028-02-29T00:00:00Z"],
  ["90m", "2026-11-21T07:30:00Z"],
  ["12h", "2026-11-20T21:00:00Z"],
  ["7d", "2026-11-14T09:00:00Z"],
  ["2w", "2026-11-07T09:00:00Z"],
])("%s is %s", (text, instant) => {
  expect(givenMoment("--since", text, git, now)).toEqual({ instant });
});

test.each(["v1.2.0", "abc1234", "2026-release"])("%s is a commit", (text) => {
  expect(givenMoment("--since", text, git, now)).toEqual({ commit: "a".repeat(40) });
});

test.each(["2026-02-29", "2026-13-01", "2026-00-10", "2026-11-31T00:00:00Z"])("%s is no day", (text) => {
  expect(caught(() => givenMoment("--since", text, git, now))).toBe(`--since '${text}' is no day of the calendar`);
});

test.each([
  "yesterday",
  "2026-11",
  "20-11-2026",
  "2026-11-20 24:00",
  "2026-11-20 14",
  "2026-11-20T14:00:60Z",
  "2026-11-20T14:00+25:00",
  "",
  "7y",
  "-7d",
])("'%s' is refused", (text) => {
  expect(caught(() => givenMoment("--since", text, git, now))).toBe(
    `--since '${text}' is neither an instant nor a commit of this clone\n` +
      "hint: write 2026-11-20, 2026-11-20 14:00, 2026-11-20T14:00:00+01:00, 7d for so long ago, or a commit or tag that was fetched",
  );
});
