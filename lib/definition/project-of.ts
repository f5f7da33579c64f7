/**
 * The AppProject of a system: one for each environment, or each cluster where that is the system's scope.
 *
 * @param scope - the environment or cluster; a placeholder of an ApplicationSet's template does as well
 */
export function projectOf(system: { readonly name: string }, scope: { readonly name: string }): string {
  return `${system.name}-${scope.name}`;
}
