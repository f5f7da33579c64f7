import type { Construct } from "constructs";
import type { ClusterProps } from "./cluster.ts";

/** Somebody of the same system on the other end of a declared call. */
export interface CallPeer {
  readonly unit: string;
  /** Labels that select the peer's Pods. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** The ports that the called side serves, by name. */
  readonly ports: Readonly<Record<string, number>>;
}

/** The pins of one unit; a construct takes the reference of each container that it renders. */
export interface UnitImages {
  /**
   * The reference that the environment runs.
   * @param container - a container other than the main one
   * @param track - `canary`, where the unit runs two versions
   */
  take(container?: string, track?: string): string;
}

/** The ciphertexts of one unit; a construct takes each that it renders. */
export interface UnitSealedValues {
  /**
   * The ciphertext that the cluster's Sealed Secrets controller opens.
   * @param secret - the Secret's name
   */
  take(secret: string, key: string): string;
}

/** What every construct of a unit is told about its place; it never learns which environment that is. */
export interface UnitContext {
  readonly system: string;
  readonly unit: string;
  /** Where the unit's objects live. */
  readonly namespace: string;
  /** On every object of the unit. */
  readonly labels: Readonly<Record<string, string>>;
  /** On every object of the unit: the sync wave. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly images: UnitImages;
  readonly sealed: UnitSealedValues;
  /** The public host: `<service>.<domain of the environment>`. */
  readonly host: string;
  /** The store that secrets come from, where the environment has one. */
  readonly secretStore?: { readonly name: string; readonly kind: "ClusterSecretStore" | "SecretStore" };
  /** The cluster's ways in, scraper, DNS and mesh. */
  readonly cluster: ClusterContext;
  /** The mesh mode that the system declared, or none. */
  readonly mesh?: "ambient" | "sidecar";
  /** Who calls the unit, and whom the unit calls. */
  readonly calls: { readonly from: readonly CallPeer[]; readonly to: readonly CallPeer[] };
}

/** The part of a cluster's definition that constructs may read. */
export type ClusterContext = Pick<
  ClusterProps,
  "name" | "versions" | "ingress" | "scraper" | "dns" | "metadataServer" | "mesh" | "trust" | "signatureEngine"
>;

/** Props as a construct receives them: what people wrote, and its context. */
export type WithContext<P> = P & { readonly context: UnitContext };

/** A construct that can render a unit from `P`. */
export interface WorkloadClass<P> {
  new (scope: Construct, id: string, props: WithContext<P>): Construct;
  /** Ports that other services may call, by name. @default none */
  servedPorts?(props: P): Readonly<Record<string, number>>;
}
