import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { printCounts } from "./print-counts.mjs";

/** Ends a run with one line that any CI can read, and leaves the counts in the folder `KEELSON_TEST_COUNTS` for a sum over several runs. */
export default class CountReporter {
  onRunComplete(_contexts, results) {
    const counts = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    const folder = process.env.KEELSON_TEST_COUNTS;
    if (folder) writeFileSync(join(folder, `${randomUUID()}.json`), JSON.stringify(counts));
    // jest prints a summary of its own after every other reporter
    process.once("exit", () => {
      printCounts(counts);
    });
  }
}
