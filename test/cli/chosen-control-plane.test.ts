import { expect, test } from "@jest/globals";
import { chosenControlPlane } from "../../lib/cli/chosen-control-plane.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { caught } from "../support/caught.ts";

const [central] = bookshop.controlPlanes;
const two = { controlPlanes: [central!, { ...central!, name: "backup" }] };

test("the only control plane need not be named, one of several must be", () => {
  expect(chosenControlPlane(bookshop, undefined)).toBe(central);
  expect(chosenControlPlane(two, "backup").name).toBe("backup");
  expect(caught(() => chosenControlPlane(two, undefined))).toBe(
    "there are several control planes\nhint: choose by --control-plane: 'backup', 'central'",
  );
});

test("a name that no control plane has is refused with those that there are", () => {
  expect(caught(() => chosenControlPlane(two, "bakup"))).toBe(
    "there is no control plane 'bakup'\nhint: the control planes are: 'backup', 'central'",
  );
});

test.each([undefined, "central"])("where none is defined that is what is said, asked for %j", (name) => {
  expect(caught(() => chosenControlPlane({ controlPlanes: [] }, name))).toBe(
    "there is no control plane\nhint: define one in environments/registry.ts",
  );
});
