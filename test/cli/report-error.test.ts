import { describe, expect, test } from "@jest/globals";
import { CommanderError } from "commander";
import type { Io } from "../../lib/cli/io.ts";
import { reportError } from "../../lib/cli/report-error.ts";
import { asMistyped } from "../../lib/errors/mistyped.ts";
import { UserError } from "../../lib/errors/user-error.ts";

/** What stands on each line of the bookshop's bundle. */
const sources = ["lib/definition/name.ts", "apps/bookshop/catalogue.ts", "environments/dev/environment.ts", "apps/bookshop/system.ts"];

const bundle = "/home/buyer/bookshop/build/cli/main.mjs";
const originalPosition: Io["originalPosition"] = (file, line) => {
  const source = file === bundle ? sources[line - 1] : undefined;
  return source === undefined ? undefined : { file: source, line: line * 10 };
};

/** What is told of an error, and the exit code. */
function reported(error: unknown, translate: Pick<Io, "originalPosition"> = { originalPosition }) {
  let stderr = "";
  const tell = (text: string): void => {
    stderr += text;
  };
  const exitCode = reportError(error, { stderr: tell, ...translate });
  return { exitCode, stderr };
}

function withStack<E extends Error>(error: E, ...frames: string[]): E {
  error.stack = [`${error.name}: ${error.message}`, ...frames.map((frame) => `    at ${frame}`)].join("\n");
  return error;
}

const inBundle = (line: number): string => `file://${bundle}:${line}:7`;

describe("an author's mistake", () => {
  const mistake = (options: ConstructorParameters<typeof UserError>[1] = {}, ...frames: string[]): UserError =>
    withStack(new UserError("the shelf 'novels' is full", options), ...frames);
  const at = (line: number, file = bundle) => ({ location: { file, line, column: 7 } });

  test("is told in its own words, with what to do", () => {
    expect(reported(mistake())).toEqual({ exitCode: 2, stderr: "error: the shelf 'novels' is full\n" });
    expect(reported(mistake({ hint: "buy another" }))).toEqual({
      exitCode: 2,
      stderr: "error: the shelf 'novels' is full\n  hint: buy another\n",
    });
  });

  test("is told with the definition's place in the sources, whatever the stack says", () => {
    expect(reported(mistake({ hint: "buy another", at: at(2) }, `defineSystem (${inBundle(4)})`))).toEqual({
      exitCode: 2,
      stderr: "error: the shelf 'novels' is full\n  at apps/bookshop/catalogue.ts:20\n  hint: buy another\n",
    });
  });

  test("is told with the place as the engine gives it where nobody translates, and without one that has no source", () => {
    expect(reported(mistake({ at: at(2) }), {}).stderr).toBe(`error: the shelf 'novels' is full\n  at ${bundle}:2\n`);
    expect(reported(mistake({ at: at(2, "/usr/lib/shelf.mjs") })).stderr).toBe("error: the shelf 'novels' is full\n");
  });

  test.each([
    ["apps/", [inBundle(2), inBundle(4)], "apps/bookshop/catalogue.ts:20"],
    ["environments/", [`async ${inBundle(3)}`, inBundle(2)], "environments/dev/environment.ts:30"],
  ])("is told with the first line of its stack that people wrote: in %s", (_, frames, place) => {
    const stack = ["Module.evaluate (node:internal/modules/esm/module_job:1:1)", `requireName (${inBundle(1)})`, ...frames];
    expect(reported(mistake({}, ...stack)).stderr).toBe(`error: the shelf 'novels' is full\n  at ${place}\n`);
    expect(reported(mistake({ at: { location: undefined } }, ...stack)).stderr).toBe(`error: the shelf 'novels' is full\n  at ${place}\n`);
  });

  test("is told without a place where no line of its stack is people's", () => {
    expect(reported(mistake({}, inBundle(1), "/usr/lib/shelf.mjs:2:7")).stderr).toBe("error: the shelf 'novels' is full\n");
  });
});

describe("values of wrong types", () => {
  const slip = (...frames: string[]): Error => withStack(new TypeError("Tls.issuedby is not a function"), ...frames);
  const hint = "  hint: run `npm run types`: synth and validate do not check types\n";

  test("are an author's mistake where they fail on a line that people wrote", () => {
    expect(reported(slip(inBundle(2), inBundle(4)))).toEqual({
      exitCode: 2,
      stderr: `error: Tls.issuedby is not a function\n  at apps/bookshop/catalogue.ts:20\n${hint}`,
    });
    const unknown = withStack(new ReferenceError("catalogue is not defined"), inBundle(4));
    expect(reported(unknown).stderr).toBe(`error: catalogue is not defined\n  at apps/bookshop/system.ts:40\n${hint}`);
  });

  test("are told with the line that they failed on as well, where it is another", () => {
    expect(reported(slip(`requireName (${inBundle(1)})`, inBundle(2))).stderr).toBe(
      `error: Tls.issuedby is not a function\n  at apps/bookshop/catalogue.ts:20\n  thrown at lib/definition/name.ts:10\n${hint}`,
    );
    const at = { location: { file: bundle, line: 2, column: 7 } };
    const built = asMistyped(slip(inBundle(1)), { subject: "'bookshop/catalogue' in 'dev'", at });
    expect(reported(built).stderr).toBe(
      `error: 'bookshop/catalogue' in 'dev': Tls.issuedby is not a function\n  at apps/bookshop/catalogue.ts:20\n  thrown at lib/definition/name.ts:10\n${hint}`,
    );
  });

  test("are not what `fetch` throws when a connection fails, though that is a TypeError too", () => {
    const cause = withStack(new TypeError("fetch failed", { cause: new Error("ECONNREFUSED") }), inBundle(1));
    expect(reported(new UserError("'registry.example' does not answer", { cause })).stderr).toBe(
      "error: 'registry.example' does not answer\n",
    );
  });

  test("are a bug where people wrote no line of the stack, as are errors of other sorts", () => {
    expect(reported(slip(inBundle(1))).stderr).toBe(`TypeError: Tls.issuedby is not a function\n    at ${inBundle(1)}\n`);
    expect(reported(withStack(new RangeError("the shelf is full"), inBundle(2))).stderr).toBe(
      `RangeError: the shelf is full\n    at ${inBundle(2)}\n`,
    );
  });
});

describe("a bug", () => {
  test("is told with its stack and those of its causes", () => {
    const cause = withStack(new TypeError("shelf is undefined"), inBundle(1));
    const middle = withStack(new Error("no such book", { cause }), inBundle(2));
    expect(reported(withStack(new Error("'bookshop/catalogue' in 'dev' failed", { cause: middle }), inBundle(4)))).toEqual({
      exitCode: 2,
      stderr:
        `Error: 'bookshop/catalogue' in 'dev' failed\n    at ${inBundle(4)}\n` +
        `caused by: Error: no such book\n    at ${inBundle(2)}\n` +
        `caused by: TypeError: shelf is undefined\n    at ${inBundle(1)}\n`,
    });
  });

  test("is told by its message where it has no stack", () => {
    const error = new Error("no such book");
    delete error.stack;
    expect(reported(error)).toEqual({ exitCode: 2, stderr: "no such book\n" });
  });

  test.each([
    ["no such book", '"no such book"\n'],
    [{ shelf: "novels" }, '{"shelf":"novels"}\n'],
  ])("that is no Error, %j, is told as it is", (thrown, stderr) => {
    expect(reported(thrown)).toEqual({ exitCode: 2, stderr });
  });
});

test.each([
  [0, 0],
  [1, 2],
])("what commander has told already, with its exit code %i, exits %i without another word", (given, exitCode) => {
  expect(reported(new CommanderError(given, "commander.help", "(outputHelp)"))).toEqual({ exitCode, stderr: "" });
});
