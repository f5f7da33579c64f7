import type { ClusterTarget, KubernetesApi } from "../cluster/kubernetes-api.ts";
import type { RegistryWorld } from "../container-registry/registry-world.ts";

/** What a command may touch of the world around it; handed in, so that tests hand in their own. */
export interface Io {
  /** Data. */
  readonly stdout: (text: string) => void;
  /** Talk. */
  readonly stderr: (text: string) => void;
  /** The project's folder: the one that holds `environments/`. */
  readonly root: string;
  /** What relative paths of the command line start from. */
  readonly workingFolder: string;
  /** Whether text may be coloured. */
  readonly color: boolean;
  /** Whether standard output is a terminal, which may be redrawn. */
  readonly terminal: boolean;
  /** The clock. */
  readonly now: () => Date;
  /** Rejects with the signal's reason when the command is interrupted meanwhile. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Aborted when somebody interrupts the command. */
  readonly interrupt: AbortSignal;
  /** Runs the same command line in a new process, with the same streams, because the program's own files have changed. @returns its exit code */
  readonly restart: () => Promise<number>;
  /** Asks a person for a line; `undefined` where nobody can answer. */
  readonly ask: (question: string) => Promise<string | undefined>;
  /** Everything on standard input, to its end. */
  readonly readInput: () => Promise<Buffer>;
  /** Opens a cluster. */
  readonly connect: (target: ClusterTarget) => Promise<KubernetesApi>;
  /** What asking a container registry touches. */
  readonly registry: RegistryWorld;
  /** The original place of a position in the running program, where it is known. */
  readonly originalPosition?: (file: string, line: number, column: number) => { readonly file: string; readonly line: number } | undefined;
}
