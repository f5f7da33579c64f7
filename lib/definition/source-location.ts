/** Where a definition stands in the author's sources. */
export interface SourceLocation {
  /** Path as the JavaScript engine reports it: of the bundle, when the program runs as one. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
}

/** Remembers where a `define…` function was called; the stack is formatted only when someone asks. */
export class CallSite {
  readonly #captured: { stack?: string };

  private constructor(captured: { stack?: string }) {
    this.#captured = captured;
  }

  /**
   * Captures the caller of `definer`.
   *
   * @param definer - the exported function that the author called
   */
  static of(definer: (...args: never[]) => unknown): CallSite {
    const captured: { stack?: string } = {};
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 1;
    Error.captureStackTrace(captured, definer);
    Error.stackTraceLimit = limit;
    return new CallSite(captured);
  }

  /** File and line of the call, or `undefined` where the engine gave none. */
  get location(): SourceLocation | undefined {
    return locationOfFrame(this.#captured.stack?.split("\n").at(-1) ?? "");
  }
}

/**
 * The place that a line of a stack names: `at defineShop (file:///home/me/my%20shop/build/cli/main.mjs:12:3)`.
 *
 * @returns `undefined` for a line that names none, as of the engine itself
 */
export function locationOfFrame(frame: string): SourceLocation | undefined {
  const found = /^\s*at (?:.*? \()?(?:async )?(file:\/\/\S+|\/.*?):(\d+):(\d+)\)?\s*$/.exec(frame);
  if (found === null) return undefined;
  const [, file = "", line, column] = found;
  return { file: file.startsWith("file:") ? decodeURIComponent(new URL(file).pathname) : file, line: Number(line), column: Number(column) };
}
