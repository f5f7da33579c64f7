import { UserError } from "../errors/user-error.ts";
import { Value } from "./value.ts";

/** Subjects that public issuers vouch for, of people who are nobody's. */
const strangers: readonly string[] = [
  "https://github.com/stranger/anything/.github/workflows/release.yaml@refs/heads/main",
  "https://gitlab.com/stranger/anything//.gitlab-ci.yml@refs/heads/main",
  "stranger@elsewhere.example",
];

/** Who a keyless signature's certificate must be for. */
export type KeylessIdentity = { readonly issuer: string } & (
  | { readonly subject: string; readonly subjectRegExp?: never }
  | { readonly subjectRegExp: string; readonly subject?: never }
);

/** Both shapes of a cosign signature. */
export type SignatureShape =
  | { readonly kind: "keyless"; readonly identity: KeylessIdentity }
  | { readonly kind: "key"; readonly publicKey: string };

/**
 * A signature of an image by cosign, which must stand in the public transparency log of Sigstore.
 * @see https://docs.sigstore.dev/cosign/verifying/verify/
 */
export class Signature extends Value {
  readonly shape: SignatureShape;

  private constructor(shape: SignatureShape) {
    super();
    this.shape = shape;
  }

  /**
   * Signed by somebody whom an OpenID issuer vouches for: a workflow of GitHub Actions.
   *
   * @param identity - `subject` is compared whole; `subjectRegExp` is for many, and says where it begins and ends
   * @throws UserError when the issuer is no https address, the expression is open at an end (engines would look for it anywhere in a subject), or it takes in anybody
   */
  static keyless(identity: KeylessIdentity): Signature {
    if (!/^https:\/\/[^\s/]+/.test(identity.issuer)) {
      throw new UserError(`the issuer '${identity.issuer}' of a keyless signature is no https address`, {
        hint: "for GitHub Actions it is 'https://token.actions.githubusercontent.com'",
      });
    }
    const { subjectRegExp } = identity;
    if (subjectRegExp !== undefined && !/^\^[^|]*(?<!\\)\$$/.test(subjectRegExp)) {
      throw new UserError(`the subject '${subjectRegExp}' of a keyless signature may stand anywhere in a stranger's`, {
        hint: "begin it with '^', end it with '$', and write two signatures instead of '|'",
      });
    }
    if (subjectRegExp !== undefined && strangers.some((stranger) => expressionOf(subjectRegExp).test(stranger))) {
      throw new UserError(`the subject '${subjectRegExp}' of a keyless signature takes in strangers, such as '${strangers[0] ?? ""}'`, {
        hint: "say whose repositories, or whose addresses: everybody may sign by a public issuer",
      });
    }
    return new Signature({ kind: "keyless", identity });
  }

  /**
   * Signed with a key of one's own.
   *
   * @param publicKey - PEM, as in `cosign.pub`
   * @throws UserError when it is no public key; what it is instead is not repeated
   */
  static key(publicKey: string): Signature {
    if (!/^-----BEGIN PUBLIC KEY-----\n(?:[A-Za-z0-9+/=]+\n)+-----END PUBLIC KEY-----\n?$/.test(publicKey)) {
      throw new UserError("the key of a signature is no public key in PEM form", {
        hint: "take the content of 'cosign.pub'; if this was the private key, make another pair: it stands in Git now",
      });
    }
    return new Signature({ kind: "key", publicKey });
  }
}

/** Engines read RE2; what JavaScript cannot read either is mostly a mistake, and flags inside are not needed. */
function expressionOf(subjectRegExp: string): RegExp {
  try {
    return new RegExp(subjectRegExp);
  } catch (cause) {
    throw new UserError(`the subject '${subjectRegExp}' of a keyless signature is no regular expression`, {
      hint: "mend it; flags such as '(?i)' are not taken",
      cause,
    });
  }
}
