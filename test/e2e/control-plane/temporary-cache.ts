import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterEach, beforeEach } from "@jest/globals";

/** Gives every test of a file an empty cache folder of its own, and no owner but this process. */
export function useTemporaryCache(): void {
  const before = { ...process.env };
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "keelson-cache-"));
    process.env.KEELSON_CACHE_HOME = folder;
    delete process.env.KEELSON_E2E_RUN_OWNER;
  });
  afterEach(() => {
    process.env = { ...before };
    rmSync(folder, { recursive: true, force: true });
  });
}
