import process from "node:process";
import { memoryFolder } from "./test/support/memory-folder.mjs";

// the workers that are started later take it from here
const temporary = process.env.TMPDIR ?? memoryFolder();
if (temporary !== undefined) process.env.TMPDIR = temporary;

export default {
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  extensionsToTreatAsEsm: [".ts"],
  transform: { "\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "es6" } }] },
  // what libraries ask for all the time: looked up in a sandbox it is slow
  sandboxInjectedGlobals: ["Array", "Boolean", "Error", "JSON", "Map", "Math", "Number", "Object", "Set", "String", "Symbol"],
  reporters: [["default", { summaryThreshold: 1000 }], "<rootDir>/test/support/count-reporter.mjs"],
};
