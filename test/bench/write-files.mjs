// The floor of every synth: a process that writes the same bytes and does nothing else.
//   node write-files.mjs pack <folder> <pack>     reads a folder into one file
//   node write-files.mjs unpack <pack> <folder>   writes the folder's files anew
import { mkdirSync, readdirSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import process from "node:process";

const [command, from = "", to = ""] = process.argv.slice(2);

if (command === "pack") {
  const files = readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`);
  writeFileSync(to, JSON.stringify(files.map((path) => [path.slice(from.length + 1), readFileSync(path, "utf8")])));
  writeSync(process.stdout.fd, JSON.stringify({ files: files.length }));
} else {
  const folders = new Set();
  for (const [path, content] of JSON.parse(readFileSync(from, "utf8"))) {
    const file = `${to}/${path}`;
    const folder = dirname(file);
    if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
    folders.add(folder);
    writeFileSync(file, content);
  }
}
