/** One HTTP request. */
export interface RegistryRequest {
  readonly method: "GET" | "HEAD" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came back. */
export interface RegistryAnswer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  /** The exact bytes, nothing unpacked. */
  readonly body: Uint8Array;
}

/** What a registry client touches of the world around it. */
export interface RegistryWorld {
  /** One exchange; a redirect is an answer like any other. Rejects when there is no answer in time, with node's own error. */
  readonly exchange: (request: RegistryRequest) => Promise<RegistryAnswer>;
  /** Docker's configuration: its path, for messages, and its text where there is such a file. */
  readonly dockerConfig: () => { readonly path: string; readonly text: string | undefined };
  /** Runs a program with `get` and the server on its standard input; `undefined` where there is no such program. */
  readonly askHelper: (program: string, server: string) => Promise<{ readonly exitCode: number; readonly stdout: string } | undefined>;
  /** Rejects with the reason when the command is interrupted meanwhile. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** How far off a date of a header is, which may lie in the past; `NaN` where it is none. */
  readonly millisecondsUntil: (date: string) => number;
  /** The environment variable that names a proxy which `exchange` does not use. */
  readonly unusedProxy: string | undefined;
}
