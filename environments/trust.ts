import { Signature } from "../lib/definition/signature.ts";
import { TrustPolicy } from "../lib/definition/trust-policy.ts";
import { organization } from "./organization.ts";

const meshProxy = "the mesh puts its proxy into Pods that are admitted, by the version of istiod";

/** Images of our own registries, signed by the release workflow of a repository of ours. */
export const trust = TrustPolicy.of({
  registries: [organization.registry, "europe-docker.pkg.dev/acme-shop/shop"],
  signatures: {
    "released-images": {
      images: [organization.registry, "europe-docker.pkg.dev/acme-shop/shop"],
      by: [signedOn("heads/main"), signedOn("tags/v[0-9.]+")],
    },
  },
  exemptions: [
    { images: "registry.istio.io/release/proxyv2", reason: meshProxy },
    { images: "docker.io/istio/proxyv2", reason: meshProxy },
  ],
});

/** Signed by the release workflow, as it runs for a branch or tag. */
function signedOn(ref: string): Signature {
  return Signature.keyless({
    issuer: "https://token.actions.githubusercontent.com",
    subjectRegExp: `^https://github[.]com/${organization.name}/[^/]+/[.]github/workflows/release[.]yaml@refs/${ref}$`,
  });
}
