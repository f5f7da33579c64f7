import { expect, test } from "@jest/globals";
import { NotYet, waitFor } from "./wait-for.ts";

test("it looks until something is there, past errors, nothing and 'not yet'", async () => {
  const looks = [new NotYet("closed"), undefined, false, new Error("no answer"), "open"];
  const look = (): Promise<string | NotYet | undefined | false> => {
    const seen = looks.shift();
    return seen instanceof Error ? Promise.reject(seen) : Promise.resolve(seen as string | NotYet | undefined | false);
  };
  expect(await waitFor("the shop is open", look, { interval: 1 })).toBe("open");
  expect(looks).toEqual([]);
});

test("when the time is over the error says what was waited for, what was seen last, and why the last look failed", async () => {
  const looks: (NotYet | Error)[] = [new NotYet({ door: "closed" }), new Error("no answer")];
  const look = (): Promise<NotYet> => {
    const seen = looks.length > 1 ? looks.shift() : looks[0];
    return seen instanceof NotYet ? Promise.resolve(seen) : Promise.reject(seen!);
  };
  const error: unknown = await waitFor("the shop is open", look, { timeout: 20, interval: 1 }).catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    message: 'waited 0.02 s in vain until the shop is open; last seen: {"door":"closed"}',
    cause: looks[0],
  });
});

test("a wait without hope ends at once", async () => {
  const hopeless = (): void => {
    throw new Error("the shop has burnt down");
  };
  await expect(waitFor("the shop is open", () => Promise.resolve(false), { hopeless })).rejects.toThrow("the shop has burnt down");
});
