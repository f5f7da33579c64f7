import { expect, test } from "@jest/globals";
import { UserError } from "../../lib/errors/user-error.ts";

test("a UserError keeps message, hint and the error underneath", () => {
  const cause = new Error("disk full");
  const error = new UserError("the shelf 'novels' is full, got 'Moby Dick'", { hint: "name another shelf", cause });
  expect(error).toBeInstanceOf(Error);
  expect([error.name, error.message, error.hint, error.cause]).toEqual([
    "UserError",
    "the shelf 'novels' is full, got 'Moby Dick'",
    "name another shelf",
    cause,
  ]);
});

test("a UserError needs neither hint nor cause", () => {
  const error = new UserError("the shelf 'novels' is full");
  expect([error.hint, error.cause]).toEqual([undefined, undefined]);
});
