/** The Namespace of a system in an environment. */
export function namespaceOf(system: { readonly name: string }, environment: { readonly name: string }): string {
  return `${system.name}-${environment.name}`;
}
