import { describe, expect, test } from "@jest/globals";
import { locationOfFrame } from "../../lib/definition/source-location.ts";

describe("locationOfFrame", () => {
  test.each([
    ["a file's URL", "    at defineSystem (file:///home/buyer/build/cli/main.mjs:12:3)", "/home/buyer/build/cli/main.mjs"],
    ["a URL without a function", "    at file:///home/buyer/build/cli/main.mjs:12:3", "/home/buyer/build/cli/main.mjs"],
    [
      "a URL with escapes and parentheses",
      "    at defineSystem (file:///home/b%C3%BCcher/my%20sh%C3%B6p%20%231%20(new)/main.mjs:12:3)",
      "/home/bücher/my shöp #1 (new)/main.mjs",
    ],
    ["a path", "    at defineSystem (/home/buyer/apps/bookshop/system.ts:12:3)", "/home/buyer/apps/bookshop/system.ts"],
    ["a path without a function", "    at /home/buyer/apps/bookshop/system.ts:12:3", "/home/buyer/apps/bookshop/system.ts"],
    ["a path with spaces and parentheses", "    at /home/my shöp #1 (new)/system.ts:12:3", "/home/my shöp #1 (new)/system.ts"],
    ["the same in a function", "    at defineSystem (/home/my shöp #1 (new)/system.ts:12:3)", "/home/my shöp #1 (new)/system.ts"],
    ["a constructor", "    at new WebService (/home/buyer/web-service.ts:12:3)", "/home/buyer/web-service.ts"],
    ["a method under another name", "    at Shop.open [as run] (/home/buyer/shop.ts:12:3)", "/home/buyer/shop.ts"],
    ["a function of an object without a name", "    at Object.<anonymous> (/home/buyer/shop.ts:12:3)", "/home/buyer/shop.ts"],
    ["a module that waits", "    at async file:///home/buyer/build/cli/main.mjs:12:3", "/home/buyer/build/cli/main.mjs"],
    ["a function that waits", "    at async run (file:///home/buyer/build/cli/main.mjs:12:3)", "/home/buyer/build/cli/main.mjs"],
    ["a module's name with a slash", "    at apps/shop/system.ts (file:///home/buyer/main.mjs:12:3)", "/home/buyer/main.mjs"],
  ])("finds the place in %s", (_, frame, file) => {
    expect(locationOfFrame(frame)).toEqual({ file, line: 12, column: 3 });
  });

  test.each([
    "",
    "UserError: no place in /home/buyer/shop.ts:12:3",
    "    at node:internal/modules/esm/module_job:12:3",
    "    at async ModuleLoader.import (node:internal/modules/esm/loader:12:3)",
    "    at async Promise.all (index 0)",
    "    at Array.map (<anonymous>)",
    "    at native",
    "    at bundle (wasm://wasm/0012abcd:12:3)",
  ])("finds none in '%s'", (frame) => {
    expect(locationOfFrame(frame)).toBeUndefined();
  });
});
