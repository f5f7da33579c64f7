import type { ImageReference } from "./image-reference.ts";

/**
 * What is wrong with where an image comes from, or `undefined`. The text follows on a subject, as that of `imagePolicyProblem` does.
 *
 * @param registry - `ghcr.io/acme`: the system's
 */
export function registryProblem({ repository }: ImageReference, registry: string): string | undefined {
  return repository.startsWith(`${registry}/`) ? undefined : `comes from '${repository}', not from the registry '${registry}'`;
}
