import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { editImagePins } from "../../lib/image/edit-image-pins.ts";
import { readImagePins } from "../../lib/image/image-pins.ts";
import { ImageReference } from "../../lib/image/image-reference.ts";
import { caught } from "../support/caught.ts";

const file = "environments/dev/images.yaml";
const [old, kept, wanted] = ["ghcr.io/acme/frontend:sha-0000001", "ghcr.io/acme/cart:sha-0000002", "ghcr.io/acme/frontend:sha-1111111"];
const edit = (text: string, changes: Readonly<Record<string, string | undefined>>): string =>
  editImagePins(
    text,
    file,
    new Map(Object.entries(changes).map(([key, value]) => [key, value === undefined ? undefined : ImageReference.parse(value)])),
  );

describe("a pin that is there", () => {
  test.each([
    ["with a comment", `shop/frontend: ${old}   # why\nshop/cart: ${kept}\n`, `shop/frontend: ${wanted}   # why\nshop/cart: ${kept}\n`],
    ["in quotes", `"shop/frontend": '${old}'\n`, `"shop/frontend": ${wanted}\n`],
    [
      "on a line of its own",
      `shop/frontend:\n  ${old} # here\nshop/cart: ${kept}\n`,
      `shop/frontend:\n  ${wanted} # here\nshop/cart: ${kept}\n`,
    ],
    ["without an image", `shop/frontend: # to do\n`, `shop/frontend: ${wanted} # to do\n`],
    ["that is no image reference", `shop/frontend: latest\n`, `shop/frontend: ${wanted}\n`],
  ])("changes in its place: %s", (_, before, after) => {
    expect(edit(before, { "shop/frontend": wanted })).toBe(after);
  });

  test("keeps its quotes where it is as wanted already", () => {
    const text = `"shop/frontend":   "${wanted}" # why\r\n`;
    expect(edit(text, { "shop/frontend": wanted })).toBe(text);
  });

  test("goes with its whole line", () => {
    const text = `# what runs\nshop/cart: ${kept}\nshop/frontend: ${old} # why\n# the end\n`;
    expect(edit(text, { "shop/frontend": undefined })).toBe(`# what runs\nshop/cart: ${kept}\n# the end\n`);
    expect(edit(text, { "shop/stock": undefined })).toBe(text);
  });
});

describe("a new pin", () => {
  const line = `shop/frontend: ${wanted}\n`;
  test.each([
    ["in an empty file", "", line],
    ["behind the file's title", "# what runs\n", `# what runs\n${line}`],
    ["between those around it", `shop/cart: ${kept}\nshop/stock: ${kept}\n`, `shop/cart: ${kept}\n${line}shop/stock: ${kept}\n`],
    ["before the first, behind the file's title", `# what runs\nshop/stock: ${kept}\n`, `# what runs\n${line}shop/stock: ${kept}\n`],
    [
      "in the column of the others",
      `  shop/cart: ${kept}\n  shop/stock: ${kept}\n`,
      `  shop/cart: ${kept}\n  ${line}  shop/stock: ${kept}\n`,
    ],
    ["behind a line without an end", `shop/cart: ${kept}`, `shop/cart: ${kept}\n${line}`],
    ["before a line without an end", `shop/stock: ${kept}`, `${line}shop/stock: ${kept}`],
    ["with Windows' line ends", `shop/stock: ${kept}\r\n`, `shop/frontend: ${wanted}\r\nshop/stock: ${kept}\r\n`],
    ["behind a byte order mark", `\ufeffshop/stock: ${kept}\n`, `\ufeff${line}shop/stock: ${kept}\n`],
  ])("gets a line of its own: %s", (_, before, after) => {
    expect(edit(before, { "shop/frontend": wanted })).toBe(after);
  });
});

test.each([
  ["a list", "- shop/frontend\n", `${file} is not a map of one image reference a line\nhint: mend it first`],
  ["one line for all", `{ shop/frontend: "${old}" }\n`, `${file} is not a map of one image reference a line\nhint: mend it first`],
  [
    "a key that stands twice",
    `shop/frontend: ${old}\nshop/frontend: ${kept}\n`,
    `'shop/frontend' stands twice in ${file}\nhint: remove one`,
  ],
  ["a key with a map", "shop/frontend: { tag: v1 }\n", "the pin of 'shop/frontend' is no text\nhint: remove the line first"],
])("%s is refused", (_, text, message) => {
  expect(caught(() => edit(text, { "shop/frontend": wanted }))).toBe(message);
});

/** A line of a file, in the pieces that an edit must tell apart. */
interface Line {
  readonly key?: string;
  readonly before: string;
  readonly value: string;
  readonly after: string;
}

const keys = ["shop", "stock", "remla"].flatMap((system) =>
  ["app", "cart:proxy", "cart", "app@canary", "web"].map((service) => `${system}/${service}`),
);
const reference = fc
  .tuple(
    fc.constantFrom("ghcr.io/acme/app", "localhost:5000/app", "europe-docker.pkg.dev/acme/shop/web"),
    fc.stringMatching(/^[0-9a-f]{7}$/),
  )
  .chain(([repository, tag]) =>
    fc.constantFrom(
      `${repository}:sha-${tag}`,
      `${repository}@sha256:${tag.repeat(10).slice(0, 64)}`,
      `${repository}:v1.2.3@sha256:${"0".repeat(64)}`,
    ),
  );
const talk = fc.stringMatching(/^[ -~äß→]{0,12}$/).map((text) => `#${text}`);
const gap = fc.constantFrom("", " ", "\t", "   ");
const quoted = (text: string): fc.Arbitrary<string> => fc.constantFrom(text, `"${text}"`, `'${text}'`);
const blank = fc.oneof(fc.constant(""), talk, gap).map((value): Line => ({ before: "", value, after: "" }));
const pin = (key: string): fc.Arbitrary<Line> =>
  fc
    .tuple(quoted(key), fc.constantFrom(": ", ":  ", ":\t", " : "), reference.chain(quoted), gap, fc.option(talk))
    .map(([name, colon, value, space, comment]) => ({
      key,
      before: name + colon,
      value,
      after: comment === null ? space : `${space === "" ? " " : space}${comment}`,
    }));

/** A file as its lines; whoever wrote it had habits of their own. */
const written = fc
  .record({
    lines: fc
      .uniqueArray(fc.constantFrom(...keys), { maxLength: 8 })
      .chain((own) =>
        fc.tuple(...own.map((key) => fc.tuple(fc.array(blank, { maxLength: 2 }), pin(key)).map(([above, line]) => [...above, line]))),
      )
      .map((blocks) => blocks.flat()),
    below: fc.array(blank, { maxLength: 2 }),
    newline: fc.constantFrom("\n", "\r\n"),
    ended: fc.boolean(),
    // behind a byte order mark the reader takes no indented map
    begin: fc.constantFrom({ indent: "", mark: "" }, { indent: "  ", mark: "" }, { indent: "", mark: "\ufeff" }),
  })
  .map(({ lines, below, newline, ended, begin: { indent, mark } }) => {
    const all = [...lines.map((line) => (line.key === undefined ? line : { ...line, before: indent + line.before })), ...below];
    const text = (those: readonly Line[]): string =>
      mark + those.map(({ before, value, after }) => before + value + after).join(newline) + (ended && those.length > 0 ? newline : "");
    return { lines: all, text };
  });
const changes = fc.dictionary(fc.constantFrom(...keys), fc.option(reference, { nil: undefined }), { noNullPrototype: true, maxKeys: 5 });
const pinsOf = (text: string): Record<string, string> => {
  const { pins, issues } = readImagePins(text, file);
  expect(issues).toEqual([]);
  return Object.fromEntries([...pins.values()].map(({ key, reference: image }) => [key, image.toString()]));
};
/** Lines, however they end; in whatever order. */
const linesOf = (text: string): string[] =>
  text
    .replace(/^\ufeff/, "")
    .split(/\r?\n/)
    .filter((line) => line !== "")
    .sort();
const onlyThere = <T>(entries: Readonly<Record<string, T>>, there: readonly Line[]): Record<string, T> =>
  Object.fromEntries(Object.entries(entries).filter(([key]) => there.some((line) => line.key === key)));

describe("whatever a file looks like", () => {
  test("a pin that changes is the only thing that does, to the byte", () => {
    fc.assert(
      fc.property(written, changes, ({ lines, text }, wish) => {
        const moves = Object.fromEntries(Object.entries(onlyThere(wish, lines)).filter(([, image]) => image !== undefined));
        const expected = lines.map((line) => {
          const image = line.key === undefined ? undefined : moves[line.key];
          return image === undefined || image === line.value.replace(/^(["'])(.*)\1$/, "$2") ? line : { ...line, value: image };
        });
        expect(edit(text(lines), moves)).toBe(text(expected));
      }),
      { numRuns: 500 },
    );
  });

  test("what is read afterwards is what was wished, and every other line is there as it was", () => {
    fc.assert(
      fc.property(written, changes, ({ lines, text }, wish) => {
        const before = text(lines);
        const after = edit(before, wish);
        const merged = Object.entries({ ...pinsOf(before), ...wish }).filter(([, image]) => image !== undefined);
        expect(pinsOf(after)).toEqual(Object.fromEntries(merged));
        const untouched = lines.filter(({ key }) => key === undefined || !(key in wish)).map((line) => ({ ...line }));
        for (const line of linesOf(text(untouched))) expect(linesOf(after)).toContain(line);
        const fresh = Object.keys(wish).filter((key) => wish[key] !== undefined && !lines.some((line) => line.key === key));
        const gone = lines.filter(({ key }) => key !== undefined && key in wish && wish[key] === undefined);
        expect(linesOf(after)).toHaveLength(linesOf(before).length + fresh.length - gone.length);
      }),
      { numRuns: 500 },
    );
  });

  test("the same wish twice is the same as once", () => {
    fc.assert(
      fc.property(written, changes, ({ lines, text }, wish) => {
        const once = edit(text(lines), wish);
        expect(edit(once, wish)).toBe(once);
      }),
    );
  });

  test("wishes for different services may come in any order", () => {
    fc.assert(
      fc.property(written, changes, changes, ({ lines, text }, one, other) => {
        const apart = Object.fromEntries(Object.entries(other).filter(([key]) => !(key in one)));
        const [there, back] = [edit(edit(text(lines), one), apart), edit(edit(text(lines), apart), one)];
        expect(pinsOf(there)).toEqual(pinsOf(back));
        // the column is lost with the last line that stood in it
        const trimmed = (after: string): string[] =>
          linesOf(after)
            .map((line) => line.trimStart())
            .sort();
        expect(trimmed(there)).toEqual(trimmed(back));
        const [own, others] = [onlyThere(one, lines), onlyThere(apart, lines)];
        expect(edit(edit(text(lines), own), others)).toBe(edit(edit(text(lines), others), own));
      }),
      { numRuns: 500 },
    );
  });

  test("keys that were in order stay so", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...keys)), (those) => {
        let text = "# what runs\n";
        for (const key of those) text = edit(text, { [key]: wanted });
        expect(Object.keys(pinsOf(text))).toEqual([...those].sort());
      }),
    );
  });
});
