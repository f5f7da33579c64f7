import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { blobIds, readBlobs } from "../../lib/git/read-blobs.ts";
import { TemporaryClone } from "../support/temporary-clone.ts";

let clone: TemporaryClone;
beforeEach(() => {
  clone = new TemporaryClone();
});
afterEach(() => {
  clone.remove();
});

test("contents come back byte for byte, whatever is in them, and what is no file is left out", () => {
  const texts = ["", "no newline", "\n\n", "é → 日本\n", "0123456789012345678901234567890123456789 blob 3\nabc\n"];
  const id = clone.commit(Object.fromEntries(texts.map((text, index) => [`notes/${index} ü.txt`, text])));
  const names = texts.map((_text, index) => `${id}:notes/${index} ü.txt`);
  const nothing = [`${id}:notes`, `${id}:missing file.txt`, `${"0".repeat(40)}:notes/0 ü.txt`, "0".repeat(40)];
  const asked = [...nothing, ...names, ...nothing];
  expect(readBlobs(clone, asked)).toEqual(new Map(names.map((name, index) => [name, texts[index]])));
  const ids = blobIds(clone, asked);
  expect([...ids.keys()]).toEqual(names);
  expect([...readBlobs(clone, ids.values()).values()]).toEqual(texts);
});

test("thousands are asked for in several goes", () => {
  const id = clone.commit({ first: "1\n", last: "2\n" });
  const missing = Array.from({ length: 4500 }, (_, index) => `${id}:missing-${index}`);
  const found = readBlobs(clone, [`${id}:first`, ...missing, `${id}:last`]);
  expect(found).toEqual(
    new Map([
      [`${id}:first`, "1\n"],
      [`${id}:last`, "2\n"],
    ]),
  );
});

test("nobody is asked for nothing", () => {
  expect(readBlobs({ folder: "/nowhere" }, [])).toEqual(new Map());
});
