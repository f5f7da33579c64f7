import { afterAll } from "@jest/globals";

/** Takes away what a scenario has made when it ends: the last first; each even when another cannot, or `beforeAll` came half-way only. */
export class Undo {
  readonly #steps: (() => unknown)[] = [];

  constructor() {
    afterAll(async () => {
      const errors: unknown[] = [];
      for (const step of this.#steps.toReversed()) {
        try {
          await step();
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length === 1) throw errors[0];
      if (errors.length > 1) throw new AggregateError(errors, errors.map(String).join("\n"));
    });
  }

  /** Notes how something that was just made goes away again. */
  later(step: () => unknown): void {
    this.#steps.push(step);
  }
}
