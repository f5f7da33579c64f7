/** Ends a run with one line that any CI can read: `N passed, N failed`, with the skipped ones where there are any. */
export default class CountReporter {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const line = `${results.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`;
    // jest prints a summary of its own after every other reporter
    process.once("exit", () => process.stdout.write(line));
  }
}
