import { expect, test } from "@jest/globals";
import { defineSystem } from "../../lib/definition/system.ts";
import { requirePromotionPolicy } from "../../lib/definition/promotion-policy.ts";
import { threeEnvironments } from "../support/three-environments.ts";

test("takes what can be read, and nothing at all", () => {
  expect(() => {
    requirePromotionPolicy("environment 'production'", { soak: "24h", health: "required", freezes: [], approvals: 2 });
    requirePromotionPolicy("environment 'production'", undefined);
  }).not.toThrow();
});

test.each([
  [{ soak: "1 day" }, "the soak time of environment 'production' '1 day' is not a Go duration"],
  [{ approvals: 0 }, "environment 'production' asks for '0' approvals, which is no count of people"],
  [{ approvals: 1.5 }, "environment 'production' asks for '1.5' approvals, which is no count of people"],
])("refuses %j", (policy, message) => {
  expect(() => {
    requirePromotionPolicy("environment 'production'", policy);
  }).toThrow(message);
});

test("an environment and a system's deviation are held to it where they are defined", () => {
  expect(() => threeEnvironments({ staging: { soak: "soon" } })).toThrow(
    "the soak time of environment 'staging' 'soon' is not a Go duration",
  );
  const { systems } = threeEnvironments();
  const [library] = systems;
  const [environment] = library?.environments ?? [];
  if (library === undefined || environment === undefined) throw new Error("the library runs somewhere");
  const deviations = [{ environment, policy: { promotion: { soak: "soon" } }, reason: "a test" }];
  expect(() => defineSystem({ ...library, deviations })).toThrow("the soak time of system 'library' in 'dev' 'soon' is not a Go duration");
});
