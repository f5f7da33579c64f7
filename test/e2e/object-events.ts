import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { ControlPlane } from "./control-plane/control-plane.ts";

/** What one change of an object left behind. */
export interface ObjectEvent {
  /** `Job/migration`. */
  readonly object: string;
  readonly uid: string;
  /** Of the whole cluster's history: a later change has a higher number, whatever it changes. */
  readonly revision: number;
  /** Whether its controller has seen what it says now. */
  readonly observed: boolean;
  /** Pods that are ready, of a StatefulSet or Deployment; empty for none. */
  readonly ready: string;
  /** Pods that run what it says now, of a StatefulSet or Deployment; empty for none. */
  readonly updated: string;
  /** Pods that ended well, of a Job; empty for none. */
  readonly succeeded: string;
  /** Of the first container. */
  readonly image: string;
  /** Of an Application: what somebody asked Argo CD to look at again, `normal` or `hard`; empty when nobody did. */
  readonly refresh: string;
}

const workloads = ["statefulsets.apps", "jobs.batch", "deployments.apps"];

const columns = [
  "{.kind}/{.metadata.name}",
  "{.metadata.uid}",
  "{.metadata.resourceVersion}",
  "{.metadata.generation}",
  "{.status.observedGeneration}",
  "{.status.readyReplicas}",
  "{.status.updatedReplicas}",
  "{.status.succeeded}",
  "{.spec.template.spec.containers[0].image}",
  "{.metadata.annotations.argocd\\.argoproj\\.io/refresh}",
].join("|");

/** Everything that happens to objects of a namespace, from now on; first what there is. */
export class ObjectEvents {
  readonly events: ObjectEvent[] = [];
  readonly #watches: ChildProcess[];

  /** @param kinds - @default StatefulSets, Jobs and Deployments */
  constructor(plane: ControlPlane, namespace: string, kinds: readonly string[] = workloads) {
    this.#watches = kinds.map((kind) => {
      const watch = spawn("kubectl", ["get", kind, "--namespace", namespace, "--watch", "--output", `jsonpath=${columns}{"\\n"}`], {
        env: plane.environment,
        stdio: ["ignore", "pipe", "inherit"],
      });
      createInterface({ input: watch.stdout }).on("line", (line) => {
        const [object = "", uid = "", revision = "", generation, seen, ready = "", updated = "", succeeded = "", image = "", refresh = ""] =
          line.split("|");
        if (object === "") return;
        this.events.push({
          object,
          uid,
          revision: Number(revision),
          observed: generation === seen,
          ready,
          updated,
          succeeded,
          image,
          refresh,
        });
      });
      return watch;
    });
  }

  /** The revision at which an object was first seen as asked for. @throws Error when it never was */
  first(object: string, like: (event: ObjectEvent) => boolean = () => true): number {
    const event = this.events.find((candidate) => candidate.object === object && like(candidate));
    if (event !== undefined) return event.revision;
    throw new Error(
      `'${object}' was never seen like that: ${JSON.stringify(this.events.filter((candidate) => candidate.object === object))}`,
    );
  }

  stop(): void {
    for (const watch of this.#watches) watch.kill();
  }
}
