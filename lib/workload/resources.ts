import { k8s } from "cdk8s-plus-28";
import { UserError } from "../errors/user-error.ts";

/**
 * What a container asks for and may use, as Kubernetes quantities: `{ requests: { cpu: "100m", memory: "128Mi" } }`.
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
 */
export interface Resources {
  readonly requests?: Readonly<Record<string, string>>;
  readonly limits?: Readonly<Record<string, string>>;
}

/**
 * The resources as a container's field.
 *
 * @throws UserError when something is not a quantity
 */
export function toKubernetesResources(resources: Resources | undefined): k8s.ResourceRequirements | undefined {
  const requests = toQuantities(resources?.requests);
  const limits = toQuantities(resources?.limits);
  return (requests ?? limits) && { requests, limits };
}

/**
 * Quantities by resource name, or `undefined` where there is none.
 *
 * @throws UserError when something is not a quantity
 */
export function toQuantities(values: Readonly<Record<string, string>> | undefined): Record<string, k8s.Quantity> | undefined {
  if (values === undefined || Object.keys(values).length === 0) return undefined;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, k8s.Quantity.fromString(requireQuantity(name, value))]));
}

/**
 * Checks a quantity.
 *
 * @param what - the resource or the field that it is of
 * @throws UserError when it is none
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function requireQuantity(what: string, value: string): string {
  if (/^\d+(\.\d+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|e\d+)?$/.test(value)) return value;
  throw new UserError(`'${value}' is not a quantity of '${what}'`, { hint: "write a number and a unit, for example '100m' or '128Mi'" });
}
