// Prints the comment of a review, as JSON for GitHub's API, from the files of review-report.sh. What they hold is a stranger's text: it is shown as it
// is, in code blocks that it cannot leave, so that no name in it notifies anybody and no link or image in it is one.
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

const folder = process.argv[2] ?? ".";
/** GitHub takes 65,536 characters in all. */
const sections = [
  { file: "findings.txt", title: "Findings", language: "", limit: 15_000 },
  { file: "pins.txt", title: "Pins and holds", language: "diff", limit: 10_000 },
  { file: "files.txt", title: "Rendered files", language: "", limit: 10_000 },
  { file: "diff.txt", title: "Rendered difference", language: "diff", limit: 25_000 },
];

const parts = sections.flatMap(({ file, title, language, limit }) => {
  const text = read(join(folder, file));
  if (text.trim() === "") return [];
  const shown =
    text.length <= limit ? text : `${text.slice(0, limit)}\n… ${text.length - limit} more characters: see the pull request's files`;
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return [
    `<details${file === "findings.txt" ? " open" : ""}><summary>${title}</summary>\n\n${fence}${language}\n${shown.trimEnd()}\n${fence}\n\n</details>`,
  ];
});
const intro = "What this pull request changes, as its own run reports it. The required checks decide, not this comment.";
process.stdout.write(JSON.stringify({ body: ["<!-- keelson-review -->", intro, ...parts].join("\n\n") }));

function read(path) {
  const entry = lstatSync(path, { throwIfNoEntry: false });
  if (entry === undefined || !entry.isFile() || entry.size > 20_000_000) return "";
  // characters that would hide or reorder what is shown
  return readFileSync(path, "utf8").replaceAll(/[^\P{C}\n\t]/gu, "");
}
