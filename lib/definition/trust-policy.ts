import { UserError } from "../errors/user-error.ts";
import type { ImagePolicy } from "./environment-policy.ts";
import { digestPattern, imagePattern, isWithin, requireImagePrefix } from "./image-prefix.ts";
import { requireName } from "./name.ts";
import type { Signature } from "./signature.ts";
import { Value } from "./value.ts";

/** Images that must be signed. */
export interface SignedImages {
  /** Prefixes within the trusted registries: `ghcr.io/acme`. */
  readonly images: readonly [string, ...string[]];
  /** Any one of these is enough. */
  readonly by: readonly [Signature, ...Signature[]];
}

/** Images that run although the policy would refuse them. */
export interface TrustExemption {
  /** A prefix, as precise as can be: `docker.io/istio/proxyv2`. */
  readonly images: string;
  /** Why, for whoever reviews the definition. */
  readonly reason: string;
}

/** What an author says of a trust policy. */
export interface TrustPolicyProps {
  /** Prefixes that images come from: `ghcr.io/acme` takes in everything below, and not `ghcr.io/acme-evil`. */
  readonly registries: readonly [string, ...string[]];
  /** What must be signed, by the name of the cluster's policy for it. An image of two entries keeps both. @default nothing */
  readonly signatures?: Readonly<Record<string, SignedImages>>;
  /** @default none */
  readonly exemptions?: readonly TrustExemption[];
}

/**
 * Which images may run on a cluster. Everything that judges images is made from it: the API server's admission policies, those of the
 * signature engine, and the offline rule. Whether an image must name its content by digest is the environment's to say.
 */
export class TrustPolicy extends Value {
  readonly registries: readonly string[];
  readonly signatures: Readonly<Record<string, SignedImages>>;
  readonly exemptions: readonly TrustExemption[];
  /** A regular expression for whole references that come from the trusted registries, or are exempt; for RE2 as for JavaScript. */
  readonly trustedPattern: string;
  /** One for references that need no digest: those that have one, or are exempt. */
  readonly digestPattern: string;
  /** Prefixes that need no signature in whole: what is exempt, and trusted registries that no entry of `signatures` takes in. */
  readonly unsigned: readonly string[];
  /** What is said of an image that comes from elsewhere; follows on the image. */
  readonly strangerRefusal: string;
  /** What is said of an image that needs a digest and has none. */
  readonly digestRefusal = "has no digest";
  readonly #trusted: RegExp;
  readonly #digest: RegExp;

  private constructor({ registries, signatures = {}, exemptions = [] }: TrustPolicyProps) {
    super();
    const exempt = exemptions.map(({ images }) => images);
    this.registries = registries;
    this.signatures = signatures;
    this.exemptions = exemptions;
    const signed = Object.values(signatures).flatMap(({ images }) => images);
    this.unsigned = [...registries.filter((registry) => !signed.some((prefix) => isWithin(registry, prefix))), ...exempt];
    this.strangerRefusal = `is of no trusted registry (${registries.join(", ")})`;
    this.trustedPattern = imagePattern([...registries, ...exempt]);
    this.digestPattern = exempt.length === 0 ? digestPattern : `${digestPattern}|${imagePattern(exempt)}`;
    this.#trusted = new RegExp(this.trustedPattern);
    this.#digest = new RegExp(this.digestPattern);
  }

  /**
   * @throws UserError when a list is empty, a prefix is none, what must be signed comes from no trusted registry, or an exemption has no reason or is of
   * images that must be signed
   */
  static of(props: TrustPolicyProps): TrustPolicy {
    if (props.registries.length === 0) {
      throw new UserError("a trust policy trusts no registry", { hint: 'list where images come from: registries: ["ghcr.io/acme"]' });
    }
    for (const registry of props.registries) requireImagePrefix("trusted registry", registry);
    for (const [name, { images, by }] of Object.entries(props.signatures ?? {})) {
      requireName("signature policy", name);
      if (images.length === 0) {
        throw new UserError(`the signature policy '${name}' is of no images`, {
          hint: "list prefixes of them under images, or take it out",
        });
      }
      if (by.length === 0) {
        throw new UserError(`the signature policy '${name}' takes nobody's signature`, { hint: "say by: [Signature.keyless({ … })]" });
      }
      for (const prefix of images) requireSignable(prefix, props.registries);
    }
    for (const exemption of props.exemptions ?? []) requireExemption(exemption, props);
    return new TrustPolicy(props);
  }

  /**
   * Why an image may not run, or `undefined`: in the words of the cluster, and without signatures, which nobody can see offline.
   * The text follows on the image: `image 'nginx' is of no trusted registry (ghcr.io/acme)`.
   */
  refusal(reference: string, { digest }: Pick<ImagePolicy, "digest">): string | undefined {
    if (!this.#trusted.test(reference)) return this.strangerRefusal;
    return digest === "required" && !this.#digest.test(reference) ? this.digestRefusal : undefined;
  }

  /** Whether an image may run, as far as can be said without looking at its signature. */
  admits(reference: string, policy: Pick<ImagePolicy, "digest">): boolean {
    return this.refusal(reference, policy) === undefined;
  }
}

function requireSignable(prefix: string, registries: readonly string[]): void {
  requireImagePrefix("prefix of signed images", prefix);
  if (registries.some((registry) => isWithin(prefix, registry))) return;
  throw new UserError(`'${prefix}' must be signed, but is of no trusted registry`, {
    hint: `list it under registries, or name images of ${registries.map((registry) => `'${registry}'`).join(", ")}`,
  });
}

function requireExemption({ images, reason }: TrustExemption, { signatures = {} }: TrustPolicyProps): void {
  requireImagePrefix("exempt prefix", images);
  // types are not checked when definitions are rendered
  if (typeof reason !== "string" || reason.trim() === "") {
    throw new UserError(`the exemption of '${images}' has no reason`, { hint: "say why the images may run" });
  }
  const signed = Object.values(signatures)
    .flatMap(({ images: prefixes }) => prefixes)
    .find((prefix) => isWithin(images, prefix) || isWithin(prefix, images));
  if (signed === undefined) return;
  throw new UserError(`the exemption of '${images}' meets '${signed}', whose images must be signed`, {
    hint: "name what must be signed more narrowly: the engines know no exception",
  });
}
