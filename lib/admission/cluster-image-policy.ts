import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import type { Signature } from "../definition/signature.ts";
import type { WithContext } from "../definition/workload-class.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";
import { certificateAuthority, transparencyLog } from "./sigstore.ts";

/** What a {@link ClusterImagePolicy} verifies. */
export interface ClusterImagePolicyProps {
  readonly name: string;
  /** Prefixes. */
  readonly images: readonly string[];
  /** Whose signatures count, any one; `unsigned` lets images pass that no other policy is for: the controller refuses what it has no policy for. */
  readonly by: readonly Signature[] | "unsigned";
}

/**
 * Sigstore's policy-controller verifies that images are signed, in the namespaces that are labelled for it. What its webhook would fill in is
 * written out, so that Argo CD sees no difference.
 * @see https://docs.sigstore.dev/policy-controller/overview/
 */
export class ClusterImagePolicy extends Construct {
  constructor(scope: Construct, id: string, { context, name, images, by }: WithContext<ClusterImagePolicyProps>) {
    super(scope, id);
    new ApiObject(this, "policy", {
      apiVersion: "policy.sigstore.dev/v1beta1",
      kind: "ClusterImagePolicy",
      metadata: objectMetadata(context, name, { clusterScoped: true }),
      spec: {
        mode: "enforce",
        images: images.flatMap(globsOf).map((glob) => ({ glob })),
        authorities: by === "unsigned" ? [{ name: "unsigned", static: { action: "pass" } }] : by.map(authorityOf),
      },
    });
  }
}

/** Its globs are matched against whole references, and `*` ends at a slash. It calls Docker Hub by its other name. */
function globsOf(prefix: string): readonly string[] {
  const name = prefix.replace(/^docker\.io\//, "index.docker.io/");
  const below = `${name}/**`;
  // a registry alone is no image
  return prefix.includes("/") ? [`${name}:*`, `${name}@*`, below] : [below];
}

function authorityOf({ shape }: Signature, index: number): object {
  return {
    name: `signer${index + 1}`,
    ...(shape.kind === "key"
      ? { key: { data: shape.publicKey, hashAlgorithm: "sha256" } }
      : { keyless: { url: certificateAuthority, identities: [shape.identity] } }),
    ctlog: { url: transparencyLog },
  };
}
