/** How the secrets of one issuer look. */
export interface TokenFormat {
  /** What it is, with its article: `a GitHub token`. */
  readonly title: string;
  /** Finds one, wherever it stands in a text. */
  readonly pattern: RegExp;
  /** Whether it starts with letters that say whose it is, and that may be shown. */
  readonly prefixed: boolean;
}

/** Formats that say by themselves that they are secret. */
export const tokenFormats: readonly TokenFormat[] = [
  { title: "a private key", pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/, prefixed: false },
  { title: "an age identity", pattern: /AGE-SECRET-KEY-1[A-Z0-9]{58}/, prefixed: true },
  { title: "a GitHub token", pattern: /\bgh[oprsu]_[A-Za-z0-9]{36,}/, prefixed: true },
  { title: "a GitHub token", pattern: /\bgithub_pat_[A-Za-z0-9_]{30,}/, prefixed: true },
  { title: "a GitLab token", pattern: /\bgl(?:pat|oas|dt|rt|cbt|ptt|ft|soat|imt|agent)-[\w-]{20,}/, prefixed: true },
  { title: "a Slack token", pattern: /\bxox[abeoprs]-[\w-]{10,}|\bxapp-\d-[\w-]{10,}/, prefixed: true },
  { title: "a Slack webhook", pattern: /hooks\.slack\.com\/(?:services|workflows)\/T\w{6,}\/[\w/]{16,}/, prefixed: false },
  { title: "an AWS access key", pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, prefixed: true },
  { title: "a Google API key", pattern: /\bAIza[\w-]{35}/, prefixed: true },
  { title: "a Google OAuth secret", pattern: /\bGOCSPX-[\w-]{28}|\bya29\.[\w-]{20,}/, prefixed: true },
  { title: "an Azure storage or bus key", pattern: /\b(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{40,}={0,2}/, prefixed: false },
  { title: "an Azure signature", pattern: /[?&]sig=[A-Za-z0-9%+/]{40,}/, prefixed: false },
  { title: "an Azure client secret", pattern: /(?<![\w~.-])[\w~.-]{3}[78]Q~[\w~.-]{31,34}(?![\w~.-])/, prefixed: false },
  { title: "an npm token", pattern: /\bnpm_[A-Za-z0-9]{36}/, prefixed: true },
  { title: "a PyPI token", pattern: /\bpypi-[\w-]{50,}/, prefixed: true },
  { title: "a Stripe key", pattern: /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}|\bwhsec_[A-Za-z0-9+/]{24,}/, prefixed: true },
  { title: "a SendGrid key", pattern: /\bSG\.[\w-]{22}\.[\w-]{43}/, prefixed: true },
  { title: "a Twilio key", pattern: /\bSK[0-9a-f]{32}\b/, prefixed: true },
  { title: "a Vault token", pattern: /\bhv[sb]\.[\w-]{24,}/, prefixed: true },
  { title: "a Docker Hub token", pattern: /\bdckr_(?:pat|oat)_[\w-]{20,}/, prefixed: true },
  { title: "a DigitalOcean token", pattern: /\bdo[opr]_v1_[0-9a-f]{64}/, prefixed: true },
  { title: "a model provider's key", pattern: /\bsk-(?:ant|proj|svcacct)-[\w-]{20,}|\bhf_[A-Za-z]{30,}/, prefixed: true },
  { title: "a JSON web token", pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/, prefixed: true },
  { title: "a registry login", pattern: /"auth"\s*:\s*"[A-Za-z0-9+/=]{8,}"/, prefixed: false },
  // neither "Basic authentication" nor "bearer token-of-the-storefront"
  {
    title: "a login in a header",
    pattern: /\b[Bb]asic \w(?=[\w+/]*[A-Z0-9])[\w+/]{7,}={0,2}(?![\w+/=])|\b[Bb]earer (?=\S*\d)[\w.~+/-]{20,}=*/,
    prefixed: false,
  },
  // a placeholder such as $(PASSWORD), ${PASSWORD}, {{ .password }}, <password> or *** is no password
  { title: "a password in an address", pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:(?![$<{*%])[^\s/@:]+@/, prefixed: false },
];

/** Whether any of them is in a text: one look instead of many. */
export const anyTokenFormat = new RegExp(tokenFormats.map(({ pattern }) => pattern.source).join("|"));
