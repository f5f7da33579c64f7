import type { SecretValue } from "../definition/secret-value.ts";
import type { StackKey, StackConfiguration } from "./stack-configuration.ts";

/** How Argo CD gets into the repository. */
export type RepositoryAccess =
  /** Anybody may read it. */
  | { readonly kind: "public" }
  /** Somebody else keeps the Secret, an ExternalSecret for one. */
  | { readonly kind: "existing-secret"; readonly name: string }
  /** What the Secret of the repository holds beside its address. */
  | {
      readonly kind: "password" | "ssh-key" | "github-app";
      readonly fields: Readonly<Record<string, string>>;
      /** For nobody but Pulumi's `secret`. */
      readonly secretFields: Readonly<Record<string, SecretValue>>;
    };

const kinds = ["password", "ssh-key", "github-app", "existing-secret", "public"] as const;

/** The keys that each kind of access reads. */
const keysOf = {
  password: ["repositoryUsername", "repositoryPassword"],
  "ssh-key": ["repositorySshPrivateKey"],
  "github-app": [
    "repositoryGithubAppId",
    "repositoryGithubAppInstallationId",
    "repositoryGithubAppPrivateKey",
    "repositoryGithubEnterpriseUrl",
  ],
  "existing-secret": ["repositoryExistingSecret"],
  public: [],
} as const satisfies Record<RepositoryAccess["kind"], readonly StackKey[]>;

/**
 * Reads how Argo CD gets into the repository.
 *
 * @param url - the repository's address, which must fit the credentials
 * @throws UserError when a key is missing, does not belong to the chosen kind, or does not fit the address
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#repositories
 */
export function readRepositoryAccess(configuration: StackConfiguration, url: string): RepositoryAccess {
  const kind = configuration.choose("repositoryAccess", kinds, "public");
  configuration.refuseOthers(Object.values(keysOf).flat(), keysOf[kind], `'keelson:repositoryAccess' is '${kind}'`);
  requireScheme(configuration, kind, url);
  switch (kind) {
    case "public":
      return { kind };
    case "existing-secret":
      return { kind, name: configuration.require("repositoryExistingSecret").repositoryExistingSecret };
    case "password": {
      const { repositoryPassword } = configuration.require("repositoryPassword");
      // most Git servers look at the token alone, but none takes an empty name
      return {
        kind,
        fields: { username: configuration.get("repositoryUsername") ?? "git" },
        secretFields: { password: repositoryPassword },
      };
    }
    case "ssh-key": {
      const { repositorySshPrivateKey } = configuration.require("repositorySshPrivateKey");
      return { kind, fields: {}, secretFields: { sshPrivateKey: repositorySshPrivateKey } };
    }
    case "github-app":
      return githubApp(configuration);
  }
}

function githubApp(configuration: StackConfiguration): RepositoryAccess {
  const app = configuration.require("repositoryGithubAppId", "repositoryGithubAppInstallationId", "repositoryGithubAppPrivateKey");
  for (const key of ["repositoryGithubAppId", "repositoryGithubAppInstallationId"] as const) {
    if (!/^\d+$/.test(app[key])) throw configuration.mistake(key, `must be a number, got '${app[key]}'`);
  }
  const enterpriseUrl = configuration.get("repositoryGithubEnterpriseUrl");
  return {
    kind: "github-app",
    fields: {
      githubAppID: app.repositoryGithubAppId,
      githubAppInstallationID: app.repositoryGithubAppInstallationId,
      ...(enterpriseUrl !== undefined && { githubAppEnterpriseBaseUrl: enterpriseUrl }),
    },
    secretFields: { githubAppPrivateKey: app.repositoryGithubAppPrivateKey },
  };
}

function requireScheme(configuration: StackConfiguration, kind: RepositoryAccess["kind"], url: string): void {
  const http = /^https?:\/\//.test(url);
  const fits = kind === "ssh-key" ? !http : http || kind === "existing-secret";
  if (fits) return;
  throw configuration.mistake(
    "repositoryAccess",
    `is '${kind}', which does not go with the address '${url}': ${http ? "an SSH key needs an address such as 'git@github.com:acme/gitops.git'" : "an SSH address needs 'ssh-key' or 'existing-secret'"}`,
  );
}
