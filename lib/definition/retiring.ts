import { nearestNames } from "../errors/nearest-names.ts";
import { UserError } from "../errors/user-error.ts";
import type { Destination } from "./destination.ts";

/**
 * What an AppProject still permits though nothing needs it: Argo CD removes only what the project permits, so that an object which left the definitions,
 * and its permission with it, would stay in the cluster for ever. List it here first, deliver that, and take it out once the object is gone.
 */
export interface RetiringPermissions {
  /** What leaves, and what it waits for, for whoever reviews the definition. */
  readonly reason: string;
  /** Cluster-scoped objects; the core group is `""`. @default none */
  readonly clusterObjects?: readonly { readonly group: string; readonly kind: string; readonly name: string }[];
  /** Namespaces of clusters. @default none */
  readonly destinations?: readonly (Destination & { readonly namespace: string })[];
}

/**
 * Checks the retiring permissions of a system.
 *
 * @param scopes - the environments, or clusters, that the system has an AppProject for
 * @throws UserError when one has no reason, retires nothing, or is for a scope that the system has not
 */
export function requireRetiring(
  system: string,
  retiring: readonly (RetiringPermissions & { readonly scope: { readonly name: string } })[],
  scopes: readonly { readonly name: string }[],
): void {
  for (const { scope, reason, clusterObjects = [], destinations = [] } of retiring) {
    const what = `what retires of system '${system}' in '${scope.name}'`;
    if (!scopes.includes(scope)) {
      throw new UserError(`${what} is in a place where the system is not`, {
        hint: `it is in: ${nearestNames(
          scope.name,
          scopes.map(({ name }) => name),
        )}`,
      });
    }
    if (reason.trim() === "") throw new UserError(`${what} has no reason`, { hint: "say what leaves, and what it waits for" });
    if (clusterObjects.length + destinations.length === 0) {
      throw new UserError(`${what} names nothing`, { hint: "give clusterObjects or destinations, or take it out" });
    }
  }
}
