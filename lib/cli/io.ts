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
  /** The original place of a position in the running program, where it is known. */
  readonly originalPosition?: (file: string, line: number, column: number) => { readonly file: string; readonly line: number } | undefined;
}
