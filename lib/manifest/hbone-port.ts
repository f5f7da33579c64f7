/**
 * HBONE: where traffic between Pods of an ambient mesh arrives, whatever port it is meant for. No container declares it: the mesh opens it in every Pod.
 * @see https://istio.io/latest/docs/ambient/usage/networkpolicy/
 */
export const hbonePort = 15008;
