import { expect, test } from "@jest/globals";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { checkGo } from "./go-toolchain.ts";
import { cacheFolder } from "./cache-folder.ts";
import { useTemporaryCache } from "./temporary-cache.ts";

useTemporaryCache();

test.each(["go1.26.3", "go1.26.10", "go1.27rc1", "devel go1.28-1a2b3c"])("%s is new enough for 1.26.3", async (version) => {
  installGo(version);
  await checkGo("1.26.3", "Argo CD");
});

test("an older Go is refused", async () => {
  installGo("go1.25.9");
  await expect(checkGo("1.26.3", "Argo CD")).rejects.toThrow("Go 1.26.3 or newer is needed to build Argo CD, got 1.25.9");
});

/** A `go` that only knows its version. */
function installGo(version: string): void {
  const folder = cacheFolder();
  writeFileSync(join(folder, "go"), `#!/bin/sh\necho '${version}'\n`);
  chmodSync(join(folder, "go"), 0o755);
  process.env.PATH = folder;
}
