import process from "node:process";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { unattended } from "../../lib/git/unattended.ts";
import { TemporaryClone } from "../support/temporary-clone.ts";
import { withEnvironment } from "../support/with-environment.ts";

let clone: TemporaryClone;
beforeEach(() => {
  // what the terminal of an editor sets
  for (const name of ["GIT_ASKPASS", "GIT_SSH", "GIT_SSH_COMMAND"]) Reflect.deleteProperty(process.env, name);
  clone = new TemporaryClone();
});
afterEach(() => {
  clone.remove();
});

const own = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
const asked = (env: Readonly<Record<string, string>> = {}) =>
  withEnvironment({ ...own, ...env }, () => Promise.resolve(unattended(clone.folder)));

const always = { GIT_TERMINAL_PROMPT: "0", SSH_ASKPASS: "true" };

test("nobody is asked for a password", async () => {
  expect(await asked()).toEqual({ ...always, GIT_ASKPASS: "true", GIT_SSH_COMMAND: "ssh -o BatchMode=yes" });
});

test("what git's settings have to answer with stays", async () => {
  clone.git("config", "core.sshCommand", "ssh -i deploy-key");
  expect(await asked()).toEqual({ ...always, GIT_ASKPASS: "true" });
  clone.git("config", "core.askPass", "vault-password");
  expect(await asked()).toEqual(always);
});

test("what the environment has to answer with stays", async () => {
  expect(await asked({ GIT_ASKPASS: "vault-password", GIT_SSH: "ssh-of-mine" })).toEqual(always);
});
