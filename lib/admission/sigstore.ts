/** Sigstore's public log of signatures. @see https://docs.sigstore.dev/logging/overview/ */
export const transparencyLog = "https://rekor.sigstore.dev";

/** Sigstore's public authority, which gives keyless signers their certificates. @see https://docs.sigstore.dev/certificate_authority/overview/ */
export const certificateAuthority = "https://fulcio.sigstore.dev";
