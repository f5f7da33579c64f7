/** Characters of a token, the same each time: long enough, mixed, and nobody's. */
const mixed = "q7Rw2Lk9Zt4Xb8Vn3Mc6Pf1Hj5Gd0Sy2Ta7Ue4Io9Yr6";
const hex = "0a1b2c3d4e5f60718293a4b5c6d7e8f9".repeat(2);
const base64 = (text: string): string => Buffer.from(text).toString("base64");

/**
 * What looks like a secret, by what it is. Put together here, so that nobody who looks for secrets takes this file for one that holds them.
 */
export const samples = {
  "a private key (of an SSH key)": ["-----BEGIN OPENSSH ", "PRIVATE KEY-----"].join(""),
  "a private key (PEM)": ["-----BEGIN ", "PRIVATE KEY-----"].join(""),
  "a private key (RSA)": ["-----BEGIN RSA ", "PRIVATE KEY-----"].join(""),
  "a private key (of PGP)": ["-----BEGIN PGP ", "PRIVATE KEY BLOCK-----"].join(""),
  "a private key in base 64": base64(["-----BEGIN EC ", "PRIVATE KEY-----\n", mixed].join("")),
  "an age identity": ["AGE-SECRET-", "KEY-1", "QPZRY9X8GF".repeat(6).slice(0, 58)].join(""),
  "a GitHub token": ["gh", "p_", mixed.slice(0, 36)].join(""),
  "a GitHub token (fine-grained)": ["github", "_pat_", mixed.slice(0, 30)].join(""),
  "a GitLab token": ["gl", "pat-", mixed.slice(0, 20)].join(""),
  "a Slack token": ["xo", "xb-", "123456789012-", mixed.slice(0, 24)].join(""),
  "a Slack webhook": ["https://hooks.", "slack.com/services/T0A1B2C3D/B0A1B2C3D/", mixed.slice(0, 24)].join(""),
  "an AWS access key": ["AK", "IA", "Q7RW2LK9ZT4XB8VN"].join(""),
  "a Google API key": ["AI", "za", mixed.slice(0, 35)].join(""),
  "a Google OAuth secret": ["GOC", "SPX-", mixed.slice(0, 28)].join(""),
  "an Azure storage or bus key": ["Account", "Key=", mixed, mixed.slice(0, 42), "=="].join(""),
  "an Azure signature": ["https://books.blob.example/covers?sv=2024-01-01&", "sig=", mixed].join(""),
  "an Azure client secret": ["abc", "8Q~", mixed.slice(0, 34)].join(""),
  "an npm token": ["np", "m_", mixed.slice(0, 36)].join(""),
  "a PyPI token": ["py", "pi-", mixed, mixed].join(""),
  "a Stripe key": ["sk", "_live_", mixed.slice(0, 24)].join(""),
  "a Stripe key (of a webhook)": ["wh", "sec_", mixed.slice(0, 32)].join(""),
  "a SendGrid key": ["S", "G.", mixed.slice(0, 22), ".", mixed.slice(0, 43)].join(""),
  "a Twilio key": ["S", "K", hex.slice(0, 32)].join(""),
  "a Vault token": ["hv", "s.", mixed.slice(0, 24)].join(""),
  "a Docker Hub token": ["dckr", "_pat_", mixed.slice(0, 27)].join(""),
  "a DigitalOcean token": ["dop", "_v1_", hex].join(""),
  "a model provider's key": ["sk-", "proj-", mixed.slice(0, 40)].join(""),
  "a JSON web token": [base64('{"alg":"none"}'), base64('{"sub":"reader"}'), mixed.slice(0, 20)]
    .map((part) => part.replaceAll("=", ""))
    .join("."),
  "a registry login": `{"auths":{"registry.example":{"auth":"${base64("reader:open-sesame")}"}}}`,
  "a login in a header": `Authorization: Basic ${base64("reader:open-sesame")}`,
  "a login in a header (bearer)": `Authorization: Bearer ${mixed.slice(0, 32)}`,
  "a password in an address": ["postgres://catalogue:", "open-sesame", "@database:5432/books"].join(""),
  "a random text": mixed,
} as const;
