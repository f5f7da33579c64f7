import { Testing } from "cdk8s";
import { describe, expect, test } from "@jest/globals";
import { k8s } from "cdk8s-plus-28";
import { CallSite } from "../../lib/definition/source-location.ts";
import { UserError } from "../../lib/errors/user-error.ts";
import { buildApp, inApp } from "../../lib/synth/build-app.ts";
import type { ResolvedUnit } from "../../lib/synth/resolve-systems.ts";
import { WebService } from "../../lib/workload/web-service.ts";
import { Worker } from "../../lib/workload/worker.ts";
import { caught } from "../support/caught.ts";
import { bookshopContext } from "../support/unit-context.ts";

const callSite = CallSite.of(() => undefined);

function unit(props: object, construct: ResolvedUnit["construct"] = WebService): ResolvedUnit {
  return {
    owner: { scope: "environment", environment: "dev", cluster: "eu", system: "bookshop", unit: "catalogue" },
    title: "'bookshop/catalogue' in 'dev'",
    name: "catalogue",
    construct,
    layers: [{ kind: "definition", change: props, callSite }],
    context: bookshopContext(),
    callSite,
  };
}

describe("buildApp", () => {
  test("makes an App with one chart, whose objects have the names that they were given", () => {
    const { charts } = buildApp(unit({}));
    expect(charts).toHaveLength(1);
    const names = (Testing.synth(charts[0]!) as { metadata: { name: string } }[]).map(({ metadata }) => metadata.name);
    expect(new Set(names)).toEqual(new Set(["catalogue"]));
  });

  test("puts the unit's title before what a construct refuses, and keeps the hint", () => {
    expect(caught(() => buildApp(unit({ port: 80.5 })))).toBe(
      "'bookshop/catalogue' in 'dev': port 'http' of container 'catalogue' is not a port number, got 80.5\n" +
        "hint: give a whole number from 1 to 65535",
    );
  });

  test("keeps the error underneath", () => {
    try {
      buildApp(unit({ port: 0 }));
      throw new Error("expected a UserError");
    } catch (error) {
      expect((error as UserError).cause).toBeInstanceOf(UserError);
    }
  });

  test("says which unit a bug met, and keeps the bug", () => {
    class Broken extends Worker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        throw new RangeError("no such shelf");
      }
    }
    expect(() => buildApp(unit({}, Broken))).toThrow(
      new Error("'bookshop/catalogue' in 'dev': the construct failed on its props", { cause: new RangeError("no such shelf") }),
    );
  });

  test("takes props of wrong types, which nobody checks before, for their author's mistake", () => {
    expect(caught(() => buildApp(unit({ env: { SHELF: null } })))).toMatch(
      /^'bookshop\/catalogue' in 'dev': the construct failed on its props: Cannot .+\nhint: run `npm run types`: synth and validate do not check types$/,
    );
  });
});

test("inApp gives objects exactly the names that they are given", () => {
  const app = inApp((chart) => {
    new k8s.KubeConfigMap(chart, "prices", { metadata: { name: "prices" }, data: { hardcover: "24.99" } });
  });
  expect(app.charts.flatMap((chart) => chart.apiObjects.map(({ name }) => name))).toEqual(["prices"]);
});
