import { Construct } from "constructs";
import type { WithContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { label } from "../manifest/labels.ts";
import { DestinationRule } from "./destination-rule.ts";
import { VirtualService, meshGateway } from "./virtual-service.ts";
import type { VirtualServiceDestination, VirtualServiceRoute } from "./virtual-service.ts";

/** The two versions of a service that runs a canary; values of the label `keelson.dev/track`, and names of the subsets. */
export const tracks = ["stable", "canary"] as const;

/** One of the two versions of a service that runs a canary. */
export type Track = (typeof tracks)[number];

/** An Istio Gateway and the public host that it serves. */
export interface PublicGateway {
  /** `<name>` in the same namespace, or `<namespace>/<name>`. */
  readonly name: string;
  readonly host: string;
}

/** What an author says of a {@link CanaryRouting}. */
export interface CanaryRoutingProps {
  /** The Service that selects the Pods of both tracks; also the name of both objects. */
  readonly name: string;
  /** The part of the requests that the canary takes, in per cent; the rest goes to the stable version. */
  readonly canaryWeight: number;
  /** The Service's port, by number. @default the only port there is */
  readonly port?: number;
  /** Where the weights hold: for callers inside the mesh, for requests through a Gateway, or both. @default ["mesh"] */
  readonly gateways?: readonly ("mesh" | PublicGateway)[];
  /**
   * Callers whose canary calls only this service's canary, so that versions never mix on the new side.
   * @default none: the weights hold for every caller
   */
  readonly pinnedSources?: readonly string[];
}

/**
 * Shares the requests of a Service out among its stable and canary Pods, by one number.
 *
 * @throws UserError when the weight is no whole number from 0 to 100, when there is no gateway, or when callers are pinned where Istio
 * cannot tell them apart
 * @see https://istio.io/latest/docs/tasks/traffic-management/traffic-shifting/
 */
export class CanaryRouting extends Construct {
  constructor(scope: Construct, id: string, props: WithContext<CanaryRoutingProps>) {
    super(scope, id);
    const { context, name, canaryWeight, port, gateways = [meshGateway], pinnedSources = [] } = props;
    if (gateways.length === 0) {
      throw new UserError(`the canary of '${name}' has no gateway`, { hint: "leave gateways out for callers inside the mesh" });
    }
    if (pinnedSources.length > 0 && context.mesh !== "sidecar") {
      throw new UserError(`the canary of '${name}' pins callers, but its system has no sidecars: got mesh '${context.mesh ?? "none"}'`, {
        hint: 'only sidecars know the labels of a caller: say mesh: "sidecar" in the system, or leave pinnedSources out',
      });
    }
    const host = `${name}.${context.namespace}.svc.cluster.local`;
    const to = (subset: Track, weight: number): VirtualServiceDestination => ({
      host,
      subset,
      ...(port !== undefined && { port }),
      weight,
    });
    const weights = canaryWeights(name, canaryWeight);
    const pinned = pinnedSources.map(
      (source): VirtualServiceRoute => ({
        sourceLabels: { [label.name]: source, [label.track]: "canary" },
        destinations: [to("canary", 100)],
      }),
    );
    new VirtualService(this, "routes", {
      context,
      name,
      hosts: [...new Set(gateways.map((gateway) => (gateway === meshGateway ? host : gateway.host)))],
      gateways: [...new Set(gateways.map((gateway) => (gateway === meshGateway ? gateway : gateway.name)))],
      routes: [...pinned, { destinations: tracks.map((track) => to(track, weights[track])) }],
    });
    new DestinationRule(this, "subsets", {
      context,
      name,
      host,
      subsets: tracks.map((track) => ({ name: track, labels: { [label.track]: track } })),
    });
  }
}

/**
 * Both weights from one number; they add up to exactly 100.
 *
 * @param name - the service, for the error
 * @throws UserError when the weight is no whole number from 0 to 100
 */
export function canaryWeights(name: string, canaryWeight: number): Readonly<Record<Track, number>> {
  if (!Number.isInteger(canaryWeight) || canaryWeight < 0 || canaryWeight > 100) {
    throw new UserError(`the canary weight of '${name}' cannot be used: got ${canaryWeight}`, { hint: "use a whole number from 0 to 100" });
  }
  return { stable: 100 - canaryWeight, canary: canaryWeight };
}
