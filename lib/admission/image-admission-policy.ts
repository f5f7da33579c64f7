import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import type { WithContext } from "../definition/workload-class.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";
import { namespacesByName } from "./namespaces-by-name.ts";
import { imagesOf, runningImages } from "./running-images.ts";

/** What an {@link ImageAdmissionPolicy} refuses, and where. */
export interface ImageAdmissionPolicyProps {
  readonly name: string;
  /** The images that pass, as a regular expression that RE2 reads. */
  readonly pattern: string;
  /** What is wrong with those that do not; follows on the image: `has no digest`. */
  readonly refusal: string;
  /** Names of the namespaces that it holds in; at least one. */
  readonly namespaces: readonly string[];
}

/**
 * The API server itself refuses Pods, and whatever makes Pods, for their images; nothing has to be installed. An object that is changed may keep
 * the images that it has: else old ReplicaSets could not be scaled down when the policy comes, nor finalizers be removed.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export class ImageAdmissionPolicy extends Construct {
  constructor(scope: Construct, id: string, { context, name, pattern, refusal, namespaces }: WithContext<ImageAdmissionPolicyProps>) {
    super(scope, id);
    const metadata = objectMetadata(context, name, { clusterScoped: true });
    new ApiObject(this, "policy", {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicy",
      metadata,
      spec: {
        failurePolicy: "Fail",
        matchConstraints: { resourceRules: runningImages },
        variables: [
          { name: "images", expression: imagesOf("object") },
          { name: "former", expression: `request.operation != 'UPDATE' ? [] : ${imagesOf("oldObject")}` },
          {
            name: "refused",
            expression: `variables.images.filter(image,
  !(image in variables.former)
  && !string(image).matches(r'${pattern}')
)`,
          },
        ],
        validations: [
          {
            expression: "variables.refused.size() == 0",
            // stands in where the images would make the other too long
            message: `an image ${refusal}`,
            messageExpression: `variables.refused.map(image, 'image \\'' + string(image) + '\\' ${refusal}').join('; ')`,
            reason: "Forbidden",
          },
        ],
      },
    });
    new ApiObject(this, "binding", {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicyBinding",
      metadata,
      spec: {
        policyName: name,
        validationActions: ["Deny"],
        matchResources: { namespaceSelector: namespacesByName(namespaces) },
      },
    });
  }
}
