import { Fields } from "../cluster/fields.ts";
import type { LiveObject } from "../cluster/kubernetes-api.ts";

/** A Deployment as a cluster holds it, as far as trials look at it. */
export interface LiveDeployment {
  readonly uid: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly containers: readonly LiveContainer[];
  readonly wanted: number;
  readonly available: number;
  /** Whether its controller has seen this very spec, and every wanted Pod runs it and is available, and no other Pod is left. */
  readonly ready: boolean;
}

/** A container of its Pod template. */
export interface LiveContainer {
  readonly name: string;
  readonly image: string | undefined;
  /** Those with a value of their own. */
  readonly env: Readonly<Record<string, string>>;
}

/** Reads an object of kind Deployment. @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#complete-deployment */
export function readDeployment(object: LiveObject): LiveDeployment {
  const [metadata, spec, status] = [new Fields(object.metadata), new Fields(object.spec), new Fields(object.status)];
  const count = (name: string): number => status.count(name) ?? 0;
  // the API server writes 1 where nobody says how many
  const wanted = spec.count("replicas") ?? 1;
  const seen = count("observedGeneration") >= (metadata.count("generation") ?? 0);
  return {
    uid: object.metadata.uid,
    labels: object.metadata.labels ?? {},
    containers: containersOf(spec.at("template").at("spec")),
    wanted,
    available: count("availableReplicas"),
    ready: seen && [count("updatedReplicas"), count("replicas"), count("availableReplicas")].every((replicas) => replicas === wanted),
  };
}

function containersOf(pod: Fields): LiveContainer[] {
  return pod.each("containers").map((container) => ({
    name: container.text("name") ?? "",
    image: container.text("image"),
    env: Object.fromEntries(
      container.each("env").flatMap((variable) => {
        const [variableName, value] = [variable.text("name"), variable.text("value")];
        return variableName === undefined || value === undefined ? [] : [[variableName, value]];
      }),
    ),
  }));
}
