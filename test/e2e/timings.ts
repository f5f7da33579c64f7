import { stdout } from "node:process";
import { afterAll } from "@jest/globals";

/** How long things took, printed when a scenario ends; never asserted. */
export class Timings {
  readonly #seconds = new Map<string, number>();

  constructor() {
    afterAll(() => {
      for (const [what, seconds] of this.#seconds) stdout.write(`timing: ${what}: ${seconds.toFixed(1)} s\n`);
    });
  }

  /** Notes what a piece of work took. */
  async measure<T>(what: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await work();
    this.note(what, performance.now() - start);
    return result;
  }

  note(what: string, milliseconds: number): void {
    this.#seconds.set(what, milliseconds / 1000);
  }
}
