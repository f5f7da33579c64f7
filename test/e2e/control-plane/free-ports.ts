import { createServer } from "node:net";
import { listRuns, readRunRecord } from "./run-record.ts";

/** Below the ranges of Linux and macOS for outgoing connections, one of which could take a port before its server listens. */
const range = { first: 20_000, last: 32_000 };

/** What this process has taken: a claim that is made at the same time does not stand in a record yet. */
const taken = new Set<number>();

/**
 * Ports of this machine's loopback address on which nobody listens, and which no other run has claimed.
 *
 * @param count - how many
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const claimed = new Set(listRuns().flatMap((folder) => readRunRecord(folder)?.ports ?? []));
  const found: number[] = [];
  for (let attempt = 0; found.length < count; attempt++) {
    if (attempt > 50 * count) throw new Error(`found ${found.length} of ${count} free ports between ${range.first} and ${range.last}`);
    const port = range.first + Math.floor(Math.random() * (range.last - range.first));
    if (claimed.has(port) || taken.has(port)) continue;
    taken.add(port);
    if (await isFree(port)) found.push(port);
  }
  return found;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => {
      resolve(false);
    });
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
