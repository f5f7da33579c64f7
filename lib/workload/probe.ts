import { k8s } from "cdk8s-plus-28";
import { Value } from "../definition/value.ts";

/** When and how often a probe runs; what is left out is Kubernetes' own default. */
export interface ProbeTiming {
  /** Seconds. @default 0 */
  readonly initialDelaySeconds?: number;
  /** Seconds. @default 10 */
  readonly periodSeconds?: number;
  /** Seconds. @default 1 */
  readonly timeoutSeconds?: number;
  /** @default 3 */
  readonly failureThreshold?: number;
  /** @default 1 */
  readonly successThreshold?: number;
}

type ProbeAction =
  | { readonly kind: "httpGet"; readonly path: string; readonly port: string | undefined }
  | { readonly kind: "tcpSocket"; readonly port: string | undefined }
  | { readonly kind: "exec"; readonly command: readonly string[] }
  | { readonly kind: "grpc"; readonly port: string | undefined; readonly service: string | undefined }
  | { readonly kind: "none" };

/**
 * How the kubelet finds out whether a container lives or is ready. Ports are given by name, and must be the container's.
 * @see https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
 */
export class Probe extends Value {
  readonly action: ProbeAction;
  readonly timing: ProbeTiming;

  private constructor(action: ProbeAction, timing: ProbeTiming = {}) {
    super();
    this.action = action;
    this.timing = timing;
  }

  /** A GET that must answer 200 to 399. The port is the container's first unless named. */
  static httpGet(path: string, options: ProbeTiming & { readonly port?: string } = {}): Probe {
    const { port, ...timing } = options;
    return new Probe({ kind: "httpGet", path, port }, timing);
  }

  /** A connection that must open. */
  static tcpSocket(options: ProbeTiming & { readonly port?: string } = {}): Probe {
    const { port, ...timing } = options;
    return new Probe({ kind: "tcpSocket", port }, timing);
  }

  /** A command in the container that must exit 0. */
  static exec(command: readonly string[], timing?: ProbeTiming): Probe {
    return new Probe({ kind: "exec", command }, timing);
  }

  /** gRPC's health protocol. */
  static grpc(options: ProbeTiming & { readonly port?: string; readonly service?: string } = {}): Probe {
    const { port, service, ...timing } = options;
    return new Probe({ kind: "grpc", port, service }, timing);
  }

  /** No probe, where the construct would set one. */
  static none(): Probe {
    return new Probe({ kind: "none" });
  }
}

/**
 * The probe as a Pod's field.
 *
 * @param portNumber - gives the number of a named port, or of the first one; throws where there is none
 */
export function toKubernetesProbe(probe: Probe | undefined, portNumber: (name: string | undefined) => PortOfProbe): k8s.Probe | undefined {
  if (probe === undefined) return undefined;
  const { action, timing } = probe;
  switch (action.kind) {
    case "none":
      return undefined;
    case "httpGet":
      return { ...timing, httpGet: { path: action.path, port: k8s.IntOrString.fromString(portNumber(action.port).name) } };
    case "tcpSocket":
      return { ...timing, tcpSocket: { port: k8s.IntOrString.fromString(portNumber(action.port).name) } };
    case "exec":
      return { ...timing, exec: { command: [...action.command] } };
    case "grpc":
      return { ...timing, grpc: { port: portNumber(action.port).number, service: action.service } };
  }
}

/** A container port that a probe asks for. */
export interface PortOfProbe {
  readonly name: string;
  readonly number: number;
}
