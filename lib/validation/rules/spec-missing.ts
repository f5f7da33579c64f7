import { objectName } from "../../manifest/manifest.ts";
import type { Rule } from "../rule.ts";

/** Kinds whose `spec` is optional to the API server, and which are nothing without one. */
const kinds: readonly string[] = [
  "external-secrets.io/ClusterSecretStore",
  "external-secrets.io/SecretStore",
  "gateway.networking.k8s.io/HTTPRoute",
  "monitoring.coreos.com/PrometheusRule",
  "networking.istio.io/DestinationRule",
  "networking.istio.io/EnvoyFilter",
  "networking.istio.io/Gateway",
  "networking.istio.io/ServiceEntry",
  "networking.istio.io/VirtualService",
  "networking.k8s.io/NetworkPolicy",
  "policy/PodDisruptionBudget",
];

/** A misspelt or misplaced `spec` is an object that is taken, and does nothing, or something else. */
export const specMissing: Rule = {
  id: "spec-missing",
  severity: "error",
  subject: "schema",
  title: "Every object of a kind that is nothing without a spec has one.",
  reason: "The API server takes the object, and it does nothing, or something else: a NetworkPolicy without a spec closes every Pod.",
  fix: "Say what the object is for under spec, or take it out.",
  needs: "manifests",
  check: (facts) =>
    kinds
      .flatMap((kind) => facts.ofKind(kind))
      .filter(({ document: { spec } }) => typeof spec !== "object" || spec === null || Object.keys(spec).length === 0)
      .map((manifest) => ({
        message: `${objectName(manifest.document)} has no spec`,
        hint: "say what it is for, or take it out",
        manifest,
      })),
};
