import type { Owner } from "./manifest.ts";

/** How messages name whose an object is: `'shop/frontend' in 'dev'`. */
export function ownerName(owner: Owner): string {
  switch (owner.scope) {
    case "environment":
      return `'${owner.system}/${owner.unit}' in '${owner.environment}'`;
    case "cluster":
      return owner.file === undefined ? `'${owner.system}/${owner.unit}' on cluster '${owner.cluster}'` : `'${owner.file}'`;
    case "bootstrap":
      return `the bootstrap of control plane '${owner.controlPlane}'`;
    case "control-plane":
      return `the root of control plane '${owner.controlPlane}'`;
    case "delivery":
      return `the delivery of '${owner.group}' by control plane '${owner.controlPlane}'`;
    case "expanded":
      return `ApplicationSet '${owner.applicationSet}' in '${owner.environment}'`;
  }
}
