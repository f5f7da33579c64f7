import { expect, test } from "@jest/globals";
import { printImageSet } from "../../../lib/cli/image-set/print-image-set.ts";
import { stillWorld } from "../../support/still-world.ts";

test("what somebody wrote as the reason of a hold moves no cursor and writes no line of its own", () => {
  let stderr = "";
  const stand = (text: string): void => {
    stderr += text;
  };
  const io = { ...stillWorld, stdout: stand, stderr: stand, root: "/", workingFolder: "/", color: false };
  const reason = "held by \u001b[2Kbob: a\nerror: b\u009b2J";
  printImageSet({ pins: [], obstacles: [{ kind: "hold", keys: ["shop/till"], reason }], refused: true }, io);
  expect(stderr.split("\n")[0]).toBe("error: 'shop/till' is held by [2Kbob: a error: b 2J");
});
