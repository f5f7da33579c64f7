import { k8s } from "cdk8s-plus-28";
import { UserError } from "../errors/user-error.ts";

/**
 * The ports of a Service, each under its own number and leading to the container port of its name.
 *
 * @param service - for the error
 * @throws UserError when two ports have one number: the API server refuses such a Service
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services
 */
export function toServicePorts(service: string, ports: Readonly<Record<string, number>>): k8s.ServicePort[] {
  const known = new Map<number, string>();
  return Object.entries(ports).map(([name, port]) => {
    const other = known.get(port);
    if (other !== undefined) {
      throw new UserError(`the ports '${other}' and '${name}' of '${service}' have the same number ${port}`, {
        hint: "give one of them another number, or leave it out",
      });
    }
    known.set(port, name);
    return { name, port, targetPort: k8s.IntOrString.fromString(name) };
  });
}
