import { expect, test } from "@jest/globals";
import { identifierOf } from "../../lib/scaffold/identifier.ts";

test.each([
  ["billing", "billing"],
  ["order-service", "orderService"],
  ["a-1-b--c", "a1BC"],
  ["new", "newService"],
  ["package", "packageService"],
])("calls '%s' %s", (name, identifier) => {
  expect(identifierOf(name, "Service")).toBe(identifier);
});
