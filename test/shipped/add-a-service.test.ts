import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { copyProject, projectRoot, type ProjectCopy } from "../support/project-copy.ts";

interface Snippet {
  readonly attribute: string;
  readonly value: string;
  readonly text: string;
}

const page = readFileSync(join(projectRoot, "docs/add-a-service.md"), "utf8");
const snippets: Snippet[] = [...page.matchAll(/^```\w+ (file|append|expect)=(\S+)\n([\s\S]*?)^```$/gm)].map(
  ([, attribute = "", value = "", text = ""]) => ({ attribute, value, text }),
);

let copy: ProjectCopy;
beforeAll(() => {
  copy = copyProject();
});
afterAll(() => {
  copy.remove();
});

test("following the page gives exactly the files that it lists, and removing the service again leaves no trace", () => {
  for (const { attribute, value, text } of snippets) follow(attribute, join(copy.folder, value), value, text);
  copy.run("npm", "run", "--silent", "synth");
  expect(copy.run("git", "status", "--short")).toBe(snippets.find(({ value }) => value === "git-status")?.text);
  expect(copy.run("npx", "--no-install", "tsc", "--noEmit")).toBe("");
  expect(copy.run("npx", "--no-install", "prettier", "--check", "apps")).toContain("All matched files use Prettier code style!");

  copy.run("git", "checkout", "--quiet", "--", "apps", "environments");
  copy.run("git", "clean", "--quiet", "--force", "apps");
  copy.run("npm", "run", "--silent", "synth");
  expect(copy.run("git", "status", "--short")).toBe("");
}, 120_000);

test("the page has a snippet for every step", () => {
  expect(snippets.map(({ attribute, value }) => `${attribute} ${value}`)).toEqual([
    "file apps/shop/review-service.ts",
    "file apps/shop/system.ts",
    "append environments/dev/images.yaml",
    "append environments/staging/images.yaml",
    "append environments/production/images.yaml",
    "expect git-status",
  ]);
});

function follow(attribute: string, path: string, name: string, text: string): void {
  if (attribute === "append") appendFileSync(path, text);
  if (attribute !== "file") return;
  if (!/^[-+]/m.test(text)) {
    writeFileSync(path, text);
    return;
  }
  // a reader does what the minus and plus lines say, wherever they stand
  const changed = text
    .split("\n\n")
    .flatMap((part) => part.split(/^ $/m))
    .reduce(
      (content, part) => {
        const lines = part.split("\n").filter((line) => line !== "");
        const side = (sign: string) =>
          lines
            .filter((line) => line.startsWith(" ") || line.startsWith(sign))
            .map((line) => line.slice(1))
            .join("\n");
        if (!content.includes(side("-"))) throw new Error(`${name} does not hold what the page changes:\n${side("-")}`);
        return content.replace(side("-"), side("+"));
      },
      readFileSync(path, "utf8"),
    );
  writeFileSync(path, changed);
}
