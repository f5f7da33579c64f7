/** What the admission policies for images are called on every cluster: whoever checks that they are there looks for these names. */
export const admissionName = {
  /** Refuses images that come from elsewhere than the trusted registries. */
  registries: "keelson-trusted-registries",
  /** Refuses images without a digest. */
  digests: "keelson-image-digests",
  /** Lets policy-controller admit images that need no signature. */
  unsigned: "keelson-unsigned-images",
} as const;

/** A namespace whose Pods policy-controller looks at, and no other. @see https://docs.sigstore.dev/policy-controller/overview/ */
export const policyControllerLabel = { "policy.sigstore.dev/include": "true" } as const;

/** The label that the API server itself puts on every Namespace, and lets nobody change. */
export const namespaceNameLabel = "kubernetes.io/metadata.name";
