import { expect, test } from "@jest/globals";
import { parseDocument } from "yaml";
import { yamlMistake } from "../../lib/manifest/yaml-mistake.ts";

test.each([
  ["pin: |hunter2\n", "Block scalar header includes extra characters"],
  ["pin: !hunter2 x\n", "Unresolved tag"],
])("yamlMistake tells what is wrong, and quotes no text: %j", (text, mistake) => {
  const { errors, warnings } = parseDocument(text, { schema: "failsafe", prettyErrors: false });
  const messages = [...errors, ...warnings].map(({ message }) => yamlMistake(message));
  expect(messages).toContain(mistake);
  expect(messages.join("\n")).not.toContain("hunter2");
});

test("yamlMistake keeps a colon that is no quotation's", () => {
  expect(yamlMistake("Missing , or : between flow map items")).toBe("Missing , or : between flow map items");
});
