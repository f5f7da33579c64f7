import { UserError } from "../errors/user-error.ts";

/** Where the generated files live and where Argo CD reads them. */
export interface RepositoryDefinition {
  /** As Argo CD clones it: `https://github.com/acme/keelson-gitops.git`. */
  readonly url: string;
  /** The branch that Argo CD follows. */
  readonly branch: string;
  /** The generated folder, relative to the repository's root, with `/` and no leading or trailing one. */
  readonly output: string;
}

/**
 * Defines the output place: one value, so that a split into two repositories is a change in one file.
 *
 * @throws UserError when the output is not a relative path inside the repository
 */
export function defineRepository(props: RepositoryDefinition): RepositoryDefinition {
  if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/.test(props.output)) {
    throw new UserError(`the repository's output '${props.output}' is not a path inside the repository`, {
      hint: "give a relative path such as 'dist'",
    });
  }
  return props;
}
