import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { freePorts } from "./free-ports.ts";
import { identifyProcess, identifySelf, isRunning, type ProcessIdentity } from "./process-identity.ts";
import { runsFolder, writeRunRecord, type RecordedProcess, type RunRecord } from "./run-record.ts";
import { stopProcesses } from "./stop-processes.ts";
import { type Look, waitFor } from "./wait-for.ts";

/** Names the process that owns what is started here, as JSON; @default this process. Set by the runner for jest. */
export const ownerVariable = "KEELSON_E2E_RUN_OWNER";

/** A program to start. */
export interface ProgramSpec {
  /** Its name in the record, and of its log. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** @default this process' folder and environment */
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Let it talk to the terminal instead of a log. @default false */
  readonly inherit?: boolean;
}

/** A folder with what was started for one purpose: its processes, their logs and files. Nothing of it outlives {@link Run.stop}. */
export class Run {
  readonly folder: string;
  #record: RunRecord;
  readonly #specs = new Map<string, ProgramSpec>();

  private constructor(folder: string, record: RunRecord) {
    this.folder = folder;
    this.#record = record;
  }

  /** A run without processes, owned by this process or by the one that the environment names. */
  static create(): Run {
    // short: a socket of Argo CD lies in this folder, and its path may have about a hundred characters
    const folder = join(runsFolder(), randomBytes(4).toString("hex"));
    mkdirSync(join(folder, "log"), { recursive: true, mode: 0o700 });
    const named = process.env[ownerVariable];
    const owner = named === undefined ? identifySelf() : (JSON.parse(named) as ProcessIdentity);
    const run = new Run(folder, { owner, kept: false, ports: [], builds: [], processes: [] });
    run.#write({});
    return run;
  }

  /** A path inside the run's folder. */
  path(...segments: string[]): string {
    return join(this.folder, ...segments);
  }

  /** Makes a folder inside the run's own. */
  makeFolder(name: string): string {
    mkdirSync(this.path(name), { recursive: true, mode: 0o700 });
    return this.path(name);
  }

  /** Free ports, from now on this run's. */
  async claimPorts(count: number): Promise<readonly number[]> {
    const ports = await freePorts(count);
    this.#write({ ports: [...this.#record.ports, ...ports] });
    return ports;
  }

  /** Says that these cached builds are in use. */
  uses(builds: readonly string[]): void {
    this.#write({ builds: [...this.#record.builds, ...builds] });
  }

  /** Lets the run outlive its owner. */
  keep(): void {
    this.#write({ kept: true });
  }

  /**
   * Starts a program, at the head of a process group of its own.
   *
   * It begins only when it stands in the record: a shell waits for a line first, which never comes when this process is killed in between.
   */
  start(spec: ProgramSpec): ChildProcess {
    const log = spec.inherit === true ? "inherit" : openSync(this.logPath(spec.name), "a", 0o600);
    const child = spawn("/bin/sh", ["-c", 'read -r go && exec "$@" </dev/null', "sh", spec.program, ...spec.args], {
      cwd: spec.cwd,
      env: spec.env ?? process.env,
      detached: true,
      stdio: ["pipe", log, log],
    });
    if (typeof log === "number") closeSync(log);
    const identity = child.pid === undefined ? undefined : identifyProcess(child.pid);
    if (identity === undefined) throw new Error(`could not start '${spec.name}'`);
    this.#specs.set(spec.name, spec);
    const started: RecordedProcess = { ...identity, name: spec.name, command: [spec.program, ...spec.args] };
    this.#write({ processes: [...this.#record.processes.filter(({ name }) => name !== spec.name), started] });
    child.stdin?.on("error", () => undefined);
    child.stdin?.end("go\n");
    child.unref();
    return child;
  }

  /** Ends one process and starts it again as it was. */
  async restart(name: string): Promise<void> {
    const spec = this.#specs.get(name);
    if (spec === undefined) throw new Error(`no process '${name}': there are ${[...this.#specs.keys()].join(", ")}`);
    await stopProcesses(this.#record.processes.filter((recorded) => recorded.name === name));
    this.start(spec);
  }

  /** Whether a process was started here, running or not. */
  has(name: string): boolean {
    return this.#specs.has(name);
  }

  /** {@link waitFor}, which gives up with the end of its log as soon as a process of this run has ended. */
  waitFor<T>(what: string, look: Look<T>): Promise<T> {
    const hopeless = (): void => {
      const dead = this.#record.processes.find((recorded) => !isRunning(recorded));
      if (dead !== undefined) throw new Error(`'${dead.name}' ended while starting; the end of its log:\n${this.logTail(dead.name)}`);
    };
    return waitFor(what, look, { hopeless });
  }

  /** The log of a process, standard output and error together. */
  logPath(name: string): string {
    return this.path("log", `${name}.log`);
  }

  /** The last lines of a log. */
  logTail(name: string): string {
    return readFileSync(this.logPath(name), "utf8").trimEnd().split("\n").slice(-20).join("\n");
  }

  /** Ends all processes and removes the folder; leaves the logs to the owner where that is another process, which removes them. */
  async stop(): Promise<void> {
    await stopProcesses(this.#record.processes);
    // its owner may have ended it already
    if (!existsSync(this.folder)) return;
    this.#write({ processes: [] });
    if (isSelf(this.#record.owner)) rmSync(this.folder, { recursive: true, force: true });
    else for (const name of readdirSync(this.folder).filter(isNoLog)) rmSync(this.path(name), { recursive: true, force: true });
  }

  #write(change: Partial<RunRecord>): void {
    this.#record = { ...this.#record, ...change };
    writeRunRecord(this.folder, this.#record);
  }
}

function isSelf(identity: ProcessIdentity): boolean {
  return identity.pid === process.pid;
}

function isNoLog(name: string): boolean {
  return name !== "log" && name !== "run.json";
}
