import type { ProjectCheck } from "../check.ts";

/** What is committed is what the definitions say, and breaks no rule. */
export const generatedFiles: ProjectCheck = {
  id: "generated-files",
  title: "the generated files are what the definitions give",
  needs: "project",
  run: ({ errors, staleFiles, definitions: { repository } }) => {
    if (errors > 0)
      return { result: "fail", detail: `the rules find ${errors} ${errors === 1 ? "error" : "errors"}`, fix: "run `keelson validate`" };
    if (staleFiles.length === 0) return { result: "pass", detail: `'${repository.output}' is up to date` };
    return {
      result: "fail",
      detail: `${staleFiles.length} ${staleFiles.length === 1 ? "file differs" : "files differ"}`,
      findings: staleFiles,
      fix: "run `keelson synth` and commit what it writes",
    };
  },
};
