/** Makes `git diff` print a patch that `git apply` takes, whatever git is set to show to a person. */
export const plainPatch: readonly string[] = [
  "--unified=3",
  "--full-index",
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
  "--no-renames",
  "--src-prefix=a/",
  "--dst-prefix=b/",
];
