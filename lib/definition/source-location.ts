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
    const frame = /(?:\(|at )(?:async )?(?:file:\/\/)?([^()\s]+):(\d+):(\d+)\)?\s*$/.exec(this.#captured.stack ?? "");
    return frame?.[1] === undefined ? undefined : { file: frame[1], line: Number(frame[2]), column: Number(frame[3]) };
  }
}
