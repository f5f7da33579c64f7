import { Value } from "./value.ts";

/**
 * How Ingresses say which controller serves them. GKE's own reads the old annotation only, and ignores an Ingress that names its class in the spec.
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class
 */
export class IngressClass extends Value {
  readonly field: "spec" | "annotation";
  readonly name: string;

  private constructor(field: "spec" | "annotation", name: string) {
    super();
    this.field = field;
    this.name = name;
  }

  /** `spec.ingressClassName`. */
  static named(name: string): IngressClass {
    return new IngressClass("spec", name);
  }

  /** The annotation `kubernetes.io/ingress.class`: for GKE's controller, `gce` and `gce-internal`. */
  static annotated(name: string): IngressClass {
    return new IngressClass("annotation", name);
  }
}
