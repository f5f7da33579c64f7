import { homedir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { cacheFolder } from "./cache-folder.ts";

test.each([
  ["KEELSON_CACHE_HOME before everything", { KEELSON_CACHE_HOME: "/fast/keelson", XDG_CACHE_HOME: "/var/cache" }, "/fast/keelson"],
  ["a folder of XDG_CACHE_HOME", { XDG_CACHE_HOME: "/var/cache" }, "/var/cache/keelson"],
  ["the user's cache folder, an empty variable counting as none", { KEELSON_CACHE_HOME: "" }, join(homedir(), ".cache/keelson")],
])("the cache lies in %s", (_title, env, folder) => {
  expect(cacheFolder(env, "linux")).toBe(folder);
});

test("on macOS the cache lies where its applications keep theirs", () => {
  expect(cacheFolder({}, "darwin")).toBe(join(homedir(), "Library/Caches/keelson"));
});
