import { expect, test } from "@jest/globals";
import { projectOf } from "../../lib/definition/project-of.ts";

test.each([
  ["an environment", "dev", "bookshop-dev"],
  ["a cluster", "eu", "bookshop-eu"],
  ["a placeholder", "{{ .environment }}", "bookshop-{{ .environment }}"],
])("the AppProject of a system in %s is called after both", (_, scope, project) => {
  expect(projectOf({ name: "bookshop" }, { name: scope })).toBe(project);
});
