import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import { imagePattern } from "../definition/image-prefix.ts";
import type { Signature } from "../definition/signature.ts";
import type { SignedImages } from "../definition/trust-policy.ts";
import type { WithContext } from "../definition/workload-class.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";
import { namespacesByName } from "./namespaces-by-name.ts";
import { imagesOf, runningImages } from "./running-images.ts";
import { transparencyLog } from "./sigstore.ts";

/** What an {@link ImageValidatingPolicy} verifies, and where. */
export interface ImageValidatingPolicyProps {
  readonly name: string;
  readonly signed: SignedImages;
  /** Names of the namespaces that it holds in; at least one. */
  readonly namespaces: readonly string[];
}

/**
 * Kyverno verifies that images are signed, on every cluster object that runs them.
 * @see https://kyverno.io/docs/policy-types/image-validating-policy/
 */
export class ImageValidatingPolicy extends Construct {
  constructor(scope: Construct, id: string, { context, name, signed, namespaces }: WithContext<ImageValidatingPolicyProps>) {
    super(scope, id);
    const attestors = signed.by.map((signature, index) => ({ name: `signer${index + 1}`, cosign: attestorOf(signature) }));
    const anyOf = `[${attestors.map((attestor) => `attestors.${attestor.name}`).join(", ")}]`;
    new ApiObject(this, "policy", {
      apiVersion: "policies.kyverno.io/v1",
      kind: "ImageValidatingPolicy",
      metadata: objectMetadata(context, name, { clusterScoped: true }),
      spec: {
        failurePolicy: "Fail",
        validationActions: ["Deny"],
        matchConstraints: { namespaceSelector: namespacesByName(namespaces), resourceRules: runningImages },
        matchConditions: [
          {
            // else nothing could be scaled or deleted while a registry is away, or an old image is not signed
            name: "new-images",
            expression: `oldObject == null || !has(oldObject.kind) ||\n${imagesOf("object")} != ${imagesOf("oldObject")}`,
          },
        ],
        matchImageReferences: [{ expression: `ref.matches(r'${imagePattern(signed.images)}')` }],
        validationConfigurations: {
          // a digest that Kyverno wrote would not be in Git, and Argo CD would undo it without end
          mutateDigest: false,
          // the API server asks for digests, where the environment does
          verifyDigest: false,
          required: true,
        },
        attestors,
        validations: [
          {
            expression: `(images.containers + images.initContainers + images.ephemeralContainers)\n  .all(image, verifyImageSignatures(image, ${anyOf}) > 0)`,
            message: `an image of ${signed.images.join(", ")} is not signed as '${name}' asks`,
          },
        ],
      },
    });
  }
}

function attestorOf({ shape }: Signature): object {
  return {
    ...(shape.kind === "key" ? { key: { data: shape.publicKey, hashAlgorithm: "sha256" } } : { keyless: { identities: [shape.identity] } }),
    ctlog: { url: transparencyLog },
  };
}
