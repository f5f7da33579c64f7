import type { KubernetesObject } from "./manifest.ts";

/** A port of a rendered Service. @see https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec */
export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  /** A container port's name or number. @default the port itself */
  readonly targetPort?: string | number;
}

/** The ports of a Service, in the order given. */
export function servicePorts(service: KubernetesObject): readonly ServicePort[] {
  return ((service.spec ?? {}) as { readonly ports?: readonly ServicePort[] }).ports ?? [];
}
