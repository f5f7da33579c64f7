import { describe, expect, test } from "@jest/globals";
import { BreakGlass, type BreakGlassProps } from "../../lib/definition/break-glass.ts";
import { SyncMode } from "../../lib/definition/environment-policy.ts";
import { defineSystem, type SystemProps } from "../../lib/definition/system.ts";
import { defineTeam } from "../../lib/definition/team.ts";
import { bookshopWorld } from "../support/bookshop-world.ts";
import { caught } from "../support/caught.ts";

const world = bookshopWorld();
const [bookshop] = world.systems;
const [dev, staging, production] = world.environments.map(({ definition }) => definition);
const [catalogue, checkout] = bookshop!.services;
const owner = defineTeam({ name: "night-shift", codeOwners: ["@bookshop/night"], alerts: { slackChannel: "#night" } });
const about = { environment: dev!, reason: "the index is rebuilt by hand", ticket: "BOOK-77", owner, until: "2026-12-01" };
const props: BreakGlassProps = { ...about, autoSync: "off" };

function system(entries: readonly BreakGlassProps[], more: Partial<SystemProps> = {}): () => unknown {
  return () => defineSystem({ ...bookshop!, breakGlass: entries.map(BreakGlass.of), ...more });
}

const subject = "the break-glass override of 'bookshop' in";

describe("BreakGlass.of", () => {
  test("keeps what is off, for whom, why and how long, and where it was written", () => {
    const entry = BreakGlass.of({ ...props, services: [catalogue!] });
    expect(entry).toMatchObject({
      off: "autoSync",
      reason: props.reason,
      ticket: "BOOK-77",
      owner,
      until: "2026-12-01",
      services: [catalogue],
    });
    expect(entry.callSite.location?.file).toBe(import.meta.filename);
    expect(BreakGlass.of({ ...about, selfHeal: "off" })).toMatchObject({ off: "selfHeal", services: undefined });
  });

  test.each<[string, object, string]>([
    ["no reason", { reason: " " }, "has no reason\nhint: say what happened, and where it is tracked"],
    ["no ticket", { ticket: "" }, "has no ticket\nhint: say what happened, and where it is tracked"],
    ["an end that is no day", { until: "2026-02-30" }, "ends on '2026-02-30', which is no day\nhint: write it as '2026-12-01'"],
    ["no service", { services: [] }, "names no service, or one twice\nhint: leave services out to mean all of them"],
    [
      "a service twice",
      { services: [catalogue, catalogue] },
      "names no service, or one twice\nhint: leave services out to mean all of them",
    ],
    [
      "two things",
      { selfHeal: "off" },
      `switches off more than one thing\nhint: give one of autoSync: "off" and selfHeal: "off"; without automatic sync nothing heals either`,
    ],
    [
      "nothing",
      { autoSync: undefined },
      `switches off nothing\nhint: give one of autoSync: "off" and selfHeal: "off"; without automatic sync nothing heals either`,
    ],
    [
      "something on",
      { autoSync: "on" },
      `switches off nothing\nhint: give one of autoSync: "off" and selfHeal: "off"; without automatic sync nothing heals either`,
    ],
  ])("is refused with %s", (_, wrong, expected) => {
    expect(caught(() => BreakGlass.of({ ...props, ...wrong }))).toBe(`a break-glass override in 'dev' ${expected}`);
  });
});

describe("breakGlass of a system", () => {
  test("may name each service once in each environment", () => {
    const entries: BreakGlassProps[] = [
      { ...props, services: [catalogue!] },
      { ...about, services: [checkout!], selfHeal: "off" },
      { ...props, environment: staging! },
    ];
    expect(system(entries)).not.toThrow();
    expect(caught(system([...entries, props]))).toBe(`${subject} 'dev' is the second one for 'catalogue'\nhint: make them one`);
  });

  test("is refused where the system is not, and for a service of another", () => {
    const elsewhere = { ...dev!, name: "moon" };
    expect(caught(system([{ ...props, environment: elsewhere }]))).toBe(`${subject} 'moon' is in a place where the system is not`);
    expect(caught(system([props], { environments: [staging!] }))).toBe(`${subject} 'dev' is in a place where the system is not`);
    const stranger = { ...catalogue!, name: "printer" };
    expect(caught(system([{ ...props, services: [stranger] }]))).toBe(`${subject} 'dev' names 'printer', which is not one of its services`);
  });

  test.each(["per-system", "application-set"] as const)("is refused for single services of one Application: %s", (applications) => {
    expect(system([props], { applications })).not.toThrow();
    expect(caught(system([{ ...props, services: [catalogue!] }], { applications }))).toBe(
      `${subject} 'dev' names services, but the whole system is one Application\nhint: leave services out: what is switched off is switched off for all of them`,
    );
  });

  test("is refused where there is nothing to switch off, as the environment and the system's deviation say", () => {
    const hint = "\nhint: take the override out: hands are free already";
    expect(caught(system([{ ...props, environment: production! }]))).toBe(
      `${subject} 'production' switches off automatic sync, but every sync is started by hand there${hint}`,
    );
    const deviate = (sync: SyncMode, environment = production): Partial<SystemProps> => ({
      deviations: [{ environment: environment!, policy: { sync }, reason: "it is watched by somebody" }],
    });
    expect(system([{ ...props, environment: production! }], deviate(SyncMode.automated({ prune: false, selfHeal: false })))).not.toThrow();
    expect(caught(system([{ ...about, selfHeal: "off" }], deviate(SyncMode.automated({ prune: true, selfHeal: false }), dev)))).toBe(
      `${subject} 'dev' switches off self-heal, which is off there${hint}`,
    );
  });
});
