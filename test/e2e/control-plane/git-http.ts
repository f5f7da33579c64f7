import { spawn } from "node:child_process";
import { createHash, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import process from "node:process";
import type { Readable } from "node:stream";

/*
 * A process of its own: serves the bare repositories of a folder over smart HTTP to who knows the password.
 *
 * usage: git-http.ts <folder of repositories> <file with http://user:password@host:port> <address to listen on>
 */
const [root = "", credentialsFile = "", address = ""] = process.argv.slice(2);
const { username, password, port } = new URL(readFileSync(credentialsFile, "utf8").trim());
const wanted = digest(`Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`);

createServer((request, response) => {
  if (!authorized(request)) response.writeHead(401, { "www-authenticate": 'Basic realm="git"' }).end();
  else serve(request, response);
}).listen(Number(port), address);

function authorized(request: IncomingMessage): boolean {
  return timingSafeEqual(digest(request.headers.authorization ?? ""), wanted);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function serve(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? "/", "http://git");
  const git = spawn("git", ["http-backend"], { env: cgiEnvironment(request, url), stdio: ["pipe", "pipe", "inherit"] });
  request.pipe(git.stdin);
  // git may answer before it has read everything
  git.stdin.on("error", () => undefined);
  git.once("error", () => response.writeHead(500).end());
  passOn(git.stdout, response);
}

function cgiEnvironment(request: IncomingMessage, url: URL): NodeJS.ProcessEnv {
  const { "content-type": type = "", "content-length": length, "content-encoding": encoding = "" } = request.headers;
  return {
    PATH: process.env.PATH,
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: "1",
    REQUEST_METHOD: request.method,
    PATH_INFO: decodeURIComponent(url.pathname),
    QUERY_STRING: url.search.slice(1),
    CONTENT_TYPE: type,
    HTTP_CONTENT_ENCODING: encoding,
    // git accepts a push from a user only
    REMOTE_USER: username,
    REMOTE_ADDR: request.socket.remoteAddress,
    GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
    ...(length === undefined ? {} : { CONTENT_LENGTH: length }),
  };
}

/** A CGI answer: header lines, an empty line, the body. */
function passOn(output: Readable, response: ServerResponse): void {
  let head = Buffer.alloc(0);
  output.on("data", (chunk: Buffer) => {
    if (response.headersSent) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) return;
    const headers = Object.fromEntries(
      head
        .subarray(0, end)
        .toString()
        .split("\r\n")
        .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
    );
    response.writeHead(Number.parseInt(headers.Status ?? "200", 10), headers);
    response.write(head.subarray(end + 4));
  });
  output.on("end", () => {
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
}
