import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";

/** Where Keelson's own caches live: `$KEELSON_CACHE_HOME`, else a folder of the user's cache folder. Read at each call. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (isSet(env.KEELSON_CACHE_HOME)) return env.KEELSON_CACHE_HOME;
  if (isSet(env.XDG_CACHE_HOME)) return join(env.XDG_CACHE_HOME, "keelson");
  return platform === "darwin" ? join(homedir(), "Library/Caches/keelson") : join(homedir(), ".cache/keelson");
}

/** The part of {@link cacheFolder} that the end-to-end tests use: `builds/`, `runs/`, `failed-logs/`. */
export function endToEndFolder(): string {
  return join(cacheFolder(), "e2e");
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}
