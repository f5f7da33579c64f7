import { expect, test } from "@jest/globals";
import { refuseWithProduction } from "../../lib/bootstrap/refuse-with-production.ts";
import type { LiveObject } from "../../lib/cluster/kubernetes-api.ts";
import { label } from "../../lib/manifest/labels.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { caught } from "../support/caught.ts";
import { liveObject } from "../support/live-object.ts";

const application = (name: string, environment?: string): LiveObject =>
  liveObject("Application", name, environment === undefined ? {} : { labels: { [label.environment]: environment } });

const refusal = (...applications: LiveObject[]): string =>
  caught(() => {
    refuseWithProduction(applications, bookshop.environments);
  });

test("what is of dev, or of no environment, does not stand in the way", () => {
  expect(() => {
    refuseWithProduction([application("warehouse-dev", "dev"), application("root")], bookshop.environments);
  }).not.toThrow();
});

test("an Application of an environment behind pull requests does", () => {
  expect(refusal(application("warehouse-dev", "dev"), application("warehouse-production", "production"))).toBe(
    "production is still delivered by an Application: 'warehouse-production'\n" +
      "hint: hand production over, or delete its Applications yourself; docs/bootstrap.md says in which order",
  );
});

test("so does one of an environment that is defined no more", () => {
  expect(refusal(application("warehouse-live", "live"))).toContain("'warehouse-live'");
});

test("of many, two are named", () => {
  expect(refusal(...["c", "b", "a"].map((name) => application(name, "production")))).toContain("by 3 Applications: 'a', 'b' …");
});
