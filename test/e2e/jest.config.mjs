import base from "../../jest.config.mjs";

/** The tests over a whole control plane: one file at a time, and waits in minutes. */
export default {
  ...base,
  rootDir: "../..",
  testMatch: ["<rootDir>/test/e2e/scenarios/**/*.e2e.ts"],
  testTimeout: 600_000,
  maxWorkers: 1,
};
