import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { label } from "../manifest/labels.ts";
import type { RepositoryAccess } from "./repository-access.ts";

/**
 * The Secret by which Argo CD gets into the repository; `undefined` where it needs none, or somebody else keeps it. What is secret in it
 * is secret to Pulumi: encrypted in the state, never shown.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/argocd-repositories-yaml/
 */
export function repositorySecret(
  access: RepositoryAccess,
  { url, namespace }: { readonly url: string; readonly namespace: string },
): k8s.core.v1.SecretArgs | undefined {
  if (access.kind === "public" || access.kind === "existing-secret") return undefined;
  const fields = { type: "git", url, ...access.fields };
  return {
    metadata: {
      // any would do: Argo CD finds it by its label
      name: "keelson-repository",
      namespace,
      labels: { [label.secretType]: "repository", [label.managedBy]: "keelson" },
    },
    // `data`, not `stringData`: the API server never gives that back, and a refresh would see a difference for ever
    data: {
      ...Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, base64(value)])),
      ...Object.fromEntries(Object.entries(access.secretFields).map(([key, value]) => [key, pulumi.secret(base64(value.reveal()))])),
    },
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
