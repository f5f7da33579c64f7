import { label } from "../manifest/labels.ts";
import { podTemplateOf } from "../manifest/pod-spec.ts";
import type { DriftTarget } from "./drift-target.ts";
import type { Injection } from "./injection.ts";
import type { LiveDeployment } from "./live-deployment.ts";

/** No registry holds it: the Pods that it starts never run, and those that run stay as far as the rollout strategy keeps them. */
const damagedTag = "keelson-drift-experiment";

const deleteDeployment: Injection = {
  name: "delete",
  does: "deletes the Deployment with its Pods",
  seen: "the object is missing",
  field: undefined,
  obstacle: () => undefined,
  inject: ({ api, reference }) => api.delete(reference),
  undone: (before, now) => now.uid !== before.uid,
};

const editImage: Injection = {
  name: "image",
  does: `sets the first container's image to a tag that does not exist, '${damagedTag}'`,
  seen: "spec.template.spec.containers[].image",
  field: "/spec/template/spec/containers",
  obstacle: () => undefined,
  inject: async ({ api, reference, target, containers }) => {
    const { name, image } = firstContainer(target);
    const repository = image.replace(/@.*$/, "").replace(/:[^:/]*$/, "");
    await api.patch(
      reference,
      podPatch(containers, name, () => ({ image: `${repository}:${damagedTag}` })),
    );
  },
  undone: (before, now, target) => {
    const { name } = firstContainer(target);
    return containerOf(now, name)?.image === containerOf(before, name)?.image;
  },
};

const scaleDown: Injection = {
  name: "scale",
  does: "scales the Deployment to no Pods",
  seen: "spec.replicas",
  field: "/spec/replicas",
  obstacle: ({ deployment, autoscaler }) => {
    if (autoscaler !== undefined) return `the HorizontalPodAutoscaler '${autoscaler}' owns the number of Pods, and Git does not set it`;
    const replicas = (deployment.spec as { replicas?: number } | undefined)?.replicas;
    return replicas === undefined ? "Git does not set spec.replicas, so Argo CD would not see it" : undefined;
  },
  inject: async ({ api, reference }) => {
    await api.patch(reference, { spec: { replicas: 0 } });
  },
  undone: (before, now) => now.wanted === before.wanted,
};

const removeLabel: Injection = {
  name: "label",
  does: "removes a label of the Deployment itself; its Pods run on",
  seen: "metadata.labels",
  field: "/metadata/labels",
  obstacle: (target) => (removableLabel(target) === undefined ? "Git sets no label on it" : undefined),
  inject: async ({ api, reference, target }) => {
    await api.patch(reference, { metadata: { labels: { [removableLabel(target) ?? ""]: null } } });
  },
  undone: (before, now, target) => {
    const name = removableLabel(target) ?? "";
    return now.labels[name] === before.labels[name];
  },
};

const editVariable: Injection = {
  name: "env",
  does: "changes the value of an environment variable, which rolls the Pods",
  seen: "spec.template.spec.containers[].env[].value",
  field: "/spec/template/spec/containers",
  obstacle: (target) =>
    editableVariable(target) === undefined
      ? "Git sets no environment variable of its containers to a value, and Argo CD does not see one that is added"
      : undefined,
  inject: async ({ api, reference, target, containers }) => {
    const { container, variable } = editableVariable(target) ?? { container: "", variable: "" };
    const env = (own: Readonly<Record<string, unknown>>): readonly { readonly name: string; readonly value?: string }[] =>
      (own.env ?? []) as readonly { readonly name: string; readonly value?: string }[];
    const edited = podPatch(containers, container, (own) => ({
      env: env(own).map((entry) => (entry.name === variable ? { ...entry, value: `${entry.value ?? ""}-${damagedTag}` } : entry)),
    }));
    await api.patch(reference, edited);
  },
  undone: (before, now, target) => {
    const { container, variable } = editableVariable(target) ?? { container: "", variable: "" };
    return containerOf(now, container)?.env[variable] === containerOf(before, container)?.env[variable];
  },
};

/** The catalogue: every way to damage a Deployment that Argo CD can see. */
export const injections: readonly Injection[] = [deleteDeployment, editImage, scaleDown, removeLabel, editVariable];

function firstContainer({ deployment }: DriftTarget): { readonly name: string; readonly image: string } {
  const container = podTemplateOf(deployment)?.spec.containers[0];
  if (container === undefined) throw new Error(`the Deployment '${deployment.metadata.name}' has no container`);
  return container;
}

/** The label that a trial takes away: a rendered one that Argo CD itself does not go by. */
function removableLabel({ deployment }: DriftTarget): string | undefined {
  const names = Object.keys(deployment.metadata.labels ?? {}).filter((name) => name !== "app.kubernetes.io/instance");
  return names.includes(label.team) ? label.team : names[0];
}

function editableVariable({ deployment }: DriftTarget): { readonly container: string; readonly variable: string } | undefined {
  for (const { name, env = [] } of podTemplateOf(deployment)?.spec.containers ?? []) {
    const found = env.find(({ value }) => value !== undefined);
    if (found !== undefined) return { container: name, variable: found.name };
  }
  return undefined;
}

function containerOf(deployment: LiveDeployment, name: string): LiveDeployment["containers"][number] | undefined {
  return deployment.containers.find((container) => container.name === name);
}

/** The patch that changes one container of a Pod template. */
function podPatch(
  containers: readonly Readonly<Record<string, unknown>>[],
  name: string,
  change: (container: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const changed = containers.map((container) => (container.name === name ? { ...container, ...change(container) } : container));
  return { spec: { template: { spec: { containers: changed } } } };
}
