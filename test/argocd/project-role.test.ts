import { describe, expect, test } from "@jest/globals";
import { ProjectPermission, projectRoleSpec, type ProjectRoleProps } from "../../lib/argocd/project-role.ts";
import { caught } from "../support/caught.ts";

describe("ProjectPermission", () => {
  test.each([
    [ProjectPermission.applications("sync"), "applications, sync, bookshop-dev/*, allow"],
    [
      ProjectPermission.applications("get", { object: "bookshop-catalogue-*" }),
      "applications, get, bookshop-dev/bookshop-catalogue-*, allow",
    ],
    [ProjectPermission.applications("delete", { effect: "deny" }), "applications, delete, bookshop-dev/*, deny"],
    [
      ProjectPermission.applications("action/apps/Deployment/restart"),
      "applications, action/apps/Deployment/restart, bookshop-dev/*, allow",
    ],
    [ProjectPermission.applications("delete/*/Pod/*"), "applications, delete/*/Pod/*, bookshop-dev/*, allow"],
    [ProjectPermission.applicationSets("get"), "applicationsets, get, bookshop-dev/*, allow"],
    [ProjectPermission.logs(), "logs, get, bookshop-dev/*, allow"],
    [ProjectPermission.exec({ effect: "deny" }), "exec, create, bookshop-dev/*, deny"],
    [ProjectPermission.repositories("create"), "repositories, create, bookshop-dev/*, allow"],
    [ProjectPermission.clusters("*"), "clusters, *, bookshop-dev/*, allow"],
  ])("case %#", (permission, rest) => {
    expect(permission.policy("bookshop-dev", "reader")).toBe(`p, proj:bookshop-dev:reader, ${rest}`);
  });

  test("fails on an object that leaves its project or its field", () => {
    expect(caught(() => ProjectPermission.applications("get", { object: "*, allow\np" }))).toBe(
      "the permission's object '*, allow\np' cannot be used\nhint: write the name without the project: letters, digits, '-', '_', '.' and '*'",
    );
  });

  test.each(["action/", "action/apps/Deployment/restart, x"] as const)("fails on the action %p", (action) => {
    expect(caught(() => ProjectPermission.applications(action))).toBe(
      `the permission's action '${action}' cannot be used\nhint: for example 'sync' or 'action/apps/Deployment/restart'`,
    );
  });
});

describe("projectRoleSpec", () => {
  const role: ProjectRoleProps = { name: "syncer", permissions: [ProjectPermission.applications("sync")] };

  test("every prop reaches the role", () => {
    const every: Required<ProjectRoleProps> = { ...role, description: "May start a sync", groups: ["bookshop:till", "sre"] };
    expect(projectRoleSpec(every, "bookshop-dev")).toEqual({
      name: "syncer",
      description: "May start a sync",
      groups: ["bookshop:till", "sre"],
      policies: ["p, proj:bookshop-dev:syncer, applications, sync, bookshop-dev/*, allow"],
    });
  });

  test("leaves out what is not given", () => {
    expect(Object.keys(projectRoleSpec(role, "bookshop-dev"))).toEqual(["name", "policies"]);
  });

  test.each<[Partial<ProjectRoleProps>, string]>([
    [
      { name: "on call" },
      "the role name 'on call' of project 'bookshop-dev' cannot be used\nhint: use letters, digits, '-' and '_', starting and ending with a letter or digit",
    ],
    [{ groups: ["till, sre"] }, "the group 'till, sre' of role 'syncer' of project 'bookshop-dev' cannot be used"],
    [{ groups: [" "] }, "the group ' ' of role 'syncer' of project 'bookshop-dev' cannot be used"],
    [{ groups: ["sre "] }, "the group 'sre ' of role 'syncer' of project 'bookshop-dev' cannot be used"],
    [{ groups: ["sre", "sre"] }, "'sre' stands twice in role 'syncer' of project 'bookshop-dev'"],
    [
      { permissions: [ProjectPermission.logs(), ProjectPermission.logs()] },
      "'p, proj:bookshop-dev:syncer, logs, get, bookshop-dev/*, allow' stands twice in role 'syncer' of project 'bookshop-dev'",
    ],
  ])("fails on %p", (change, message) => {
    expect(caught(() => projectRoleSpec({ ...role, ...change }, "bookshop-dev"))).toBe(message);
  });
});
