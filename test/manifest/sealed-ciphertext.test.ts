import { expect, test } from "@jest/globals";
import { sealedCiphertextProblem } from "../../lib/manifest/sealed-ciphertext.ts";

/** Base 64 of a length and so many bytes. */
const text = (keyLength: number, rest: number): string =>
  Buffer.concat([Buffer.from([keyLength >> 8, keyLength & 255]), Buffer.alloc(rest, 7)]).toString("base64");

test.each([
  ["of an empty value", text(256, 256 + 16), undefined],
  ["of a value", text(512, 512 + 16 + 1000), undefined],
  ["a byte too short", text(256, 256 + 15), "is cut off"],
  ["two bytes too short", text(512, 512 + 14), "is cut off"],
  ["with a key too short", text(64, 500), "does not start like a sealed value"],
  ["with a key too long", text(30_000, 500), "does not start like a sealed value"],
  ["of nothing", "", "is not base 64"],
  ["with a break", `${text(256, 272).slice(0, 60)}\n${text(256, 272).slice(60)}`, "is not base 64"],
  ["without its end", text(256, 274).slice(0, -1), "is not base 64"],
])("a text %s", (_, ciphertext, problem) => {
  expect(sealedCiphertextProblem(ciphertext)).toBe(problem);
});
