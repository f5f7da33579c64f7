import process from "node:process";

/**
 * `N passed, N failed`, with the skipped ones where there are any.
 *
 * @param {{ passed: number, failed: number, skipped: number }} counts
 */
export function printCounts({ passed, failed, skipped }) {
  process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`);
}
