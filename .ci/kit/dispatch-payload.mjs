// What an application's pipeline asks the GitOps repository for by a repository_dispatch.
//   dispatch-payload.mjs write    prints the event, from the variables of update-pin.sh
//   dispatch-payload.mjs run      reads PAYLOAD, which anybody may have written, and runs update-pin.sh with it when all of it is well-formed;
//                                 SOURCE_OWNER_URL is where applications are cloned from: https://github.com/<owner>
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const service = /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*(:[a-z][a-z0-9-]*)?(@[a-z][a-z0-9-]*)?$/;
const reference = /^[a-z0-9][a-z0-9._:/-]{0,400}(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?$/;

/** Each field: the variable of update-pin.sh, and what its value looks like. */
const fields = {
  environment: ["ENVIRONMENT", /^[a-z][a-z0-9-]{0,19}$/],
  release: ["RELEASE", /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]{1,60})?$/],
  sourceCommit: ["SOURCE_COMMIT", /^[0-9a-f]{40}$/],
  // the application's repository, of the same owner
  source: ["SOURCE_NAME", /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/],
  run: ["RUN_URL", /^https:\/\/[A-Za-z0-9._~:/?#%=&+-]{1,300}$/],
  actor: ["ACTOR", /^[A-Za-z0-9][A-Za-z0-9_.[\]-]{0,99}$/],
  refs: ["REFS", /^[A-Za-z0-9#][A-Za-z0-9#_/-]{0,60}(\n[A-Za-z0-9#][A-Za-z0-9#_/-]{0,60}){0,9}$/],
  breakingChange: ["BREAKING_CHANGE", /^[^\p{Cc}]{1,500}$/u],
};

if (process.argv[2] === "write") write();
else if (process.argv[2] === "run") run(JSON.parse(process.env.PAYLOAD ?? "null"));
else refuse("say `write` or `run`");

function write() {
  const payload = { pins: (process.env.PINS ?? "").trim() };
  for (const [name, [variable]] of Object.entries(fields)) {
    const value = (process.env[variable] ?? "").trim();
    if (value !== "") payload[name] = value;
  }
  check(payload);
  process.stdout.write(JSON.stringify({ event_type: "update-pin", client_payload: payload }));
}

function run(payload) {
  check(payload);
  const env = { ...process.env, PINS: payload.pins };
  delete env.PAYLOAD;
  for (const [name, [variable]] of Object.entries(fields)) {
    if (payload[name] === undefined) delete env[variable];
    else env[variable] = payload[name];
  }
  if (payload.source !== undefined) env.SOURCE_URL = `${process.env.SOURCE_OWNER_URL}/${payload.source}.git`;
  const script = join(dirname(fileURLToPath(import.meta.url)), "update-pin.sh");
  process.exitCode = spawnSync("bash", [script], { env, stdio: "inherit" }).status ?? 2;
}

/** Refuses whatever is not exactly what it should be; nothing of it is passed on then. */
function check(payload) {
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) refuse("the payload is no object");
  for (const [name, value] of Object.entries(payload)) {
    if (name === "pins") continue;
    if (!Object.hasOwn(fields, name)) refuse(`the payload has '${name.slice(0, 40)}', which no pin update has`);
    if (typeof value !== "string" || !fields[name][1].test(value)) refuse(`'${name}' of the payload is not what it should be`);
  }
  if (payload.environment === undefined) refuse("the payload has no environment");
  const lines = typeof payload.pins === "string" ? payload.pins.split("\n") : [];
  if (lines.length === 0 || lines.length > 50) refuse(`the payload must have 1 to 50 pins, got ${lines.length}`);
  for (const line of lines) {
    const [name = "", image = "", ...rest] = line.split(" ");
    if (!service.test(name) || !reference.test(image) || rest.length > 0)
      refuse("a line of the payload's pins is not '<system>/<service> <reference>'");
  }
}

function refuse(message) {
  process.stderr.write(`error: ${message}\n`);
  process.exit(2);
}
