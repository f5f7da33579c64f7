import { overlay } from "../../lib/definition/overlay.ts";
import type { PropsOf } from "../../lib/definition/service.ts";
import type { Change } from "../../lib/definition/change.ts";
import { storefront, report, packer } from "./definitions.types.ts";
export type A = Change<PropsOf<typeof storefront | typeof report>>;
export const x: A = { schedule: "0 4 * * *" };
export const z: A = { ingress: {}, schedule: "0 4 * * *" };
export const o1 = overlay([storefront, packer], { replicas: 3 });
export const o2 = overlay([storefront, report], { ingress: {} });
