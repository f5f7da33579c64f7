import type { WriteStream } from "node:tty";

/** How often a part that takes long is mentioned where there is no terminal, in milliseconds. */
const mentionEvery = 30_000;

/** Tells a person which part of something long is at work, and since when. */
export interface Progress {
  /** Runs a part, and tells of its start and its end. */
  step<T>(title: string, work: () => Promise<T>): Promise<T>;
  /** Says one line. */
  say(line: string): void;
}

/** Tells nobody anything. */
export const noProgress: Progress = { step: (_title, work) => work(), say: () => undefined };

/** Progress on a stream: one line that counts seconds on a terminal, plain lines elsewhere. */
export function progressOn(stream: Pick<WriteStream, "write"> & { readonly isTTY?: boolean }): Progress {
  const terminal = stream.isTTY === true;
  const say = (line: string): void => {
    stream.write(`${line}\n`);
  };
  return {
    say,
    async step(title, work) {
      const start = performance.now();
      const seconds = (): string => `${Math.round((performance.now() - start) / 1000)} s`;
      const update = (): void => {
        stream.write(terminal ? `\r${title} … ${seconds()}` : `${title} … ${seconds()}\n`);
      };
      if (terminal) update();
      else say(`${title} …`);
      const timer = setInterval(update, terminal ? 1000 : mentionEvery);
      let end = "failed";
      try {
        const result = await work();
        end = "done";
        return result;
      } finally {
        clearInterval(timer);
        stream.write(`${terminal ? "\r" : ""}${title}: ${end} after ${seconds()}\n`);
      }
    },
  };
}
