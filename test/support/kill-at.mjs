// Loaded into a process before its program (`node --import`): kills it, as a machine does that goes down, right before the KILL_AT-th of its steps that
// change a file of the project or a repository. Steps that only read, or work in the temporary folder, lie between two of those and change neither.
import childProcess from "node:child_process";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import process from "node:process";

const changing = new Set(["fetch", "merge", "read-tree", "update-index", "write-tree", "commit-tree", "push"]);
let left = Number(process.env.KILL_AT);

function count(owner, name, isStep = () => true) {
  const original = owner[name];
  owner[name] = (...args) => {
    if (isStep(...args) && --left === 0) {
      process.kill(process.pid, "SIGKILL");
      // until the signal has arrived
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    }
    return original(...args);
  };
}

const inProject = (file) => typeof file === "number" || String(file).startsWith(process.cwd());
for (const name of ["writeFileSync", "writeSync", "renameSync", "unlinkSync", "rmdirSync", "rmSync", "mkdirSync"])
  count(fs, name, inProject);
count(fs, "openSync", (file, flags) => flags === "wx" && inProject(file));
count(childProcess, "spawnSync", (_program, args) => args.some((arg) => changing.has(arg)));
syncBuiltinESMExports();
