import { expect, test } from "@jest/globals";
import { type BootstrapConfig, readBootstrapConfig } from "../../lib/bootstrap/bootstrap-config.ts";
import { StackConfiguration } from "../../lib/bootstrap/stack-configuration.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { caught } from "../support/caught.ts";

/** What `pulumi config` of the stack `central` would list; a value in an array was set by `--secret`. */
type Configuration = Readonly<Record<string, string | readonly [secret: string]>>;

const needed: Configuration = { context: "bookshop-eu", repositoryAccess: "public" };

function read(configuration: Configuration, stack = "central", url = bookshop.repository.url): BootstrapConfig {
  const entries = Object.entries(configuration).map(([key, value]) => ({
    key: key.includes(":") ? key : `keelson:${key}`,
    value: typeof value === "string" ? value : value[0],
    secret: typeof value !== "string",
  }));
  return readBootstrapConfig(StackConfiguration.of(stack, entries), { ...bookshop, repository: { ...bookshop.repository, url } });
}

test("the stack's name is the control plane's, and everything else but context and access has a default", () => {
  expect(read(needed)).toEqual({
    controlPlane: bookshop.controlPlanes[0],
    context: "bookshop-eu",
    kubeconfig: undefined,
    install: "helm",
    settings: "create",
    repositoryAccess: { kind: "public" },
    teardown: false,
  });
});

test("where Argo CD is there already its settings are left alone, unless they are asked for", () => {
  expect(read({ ...needed, install: "none" }).settings).toBe("leave");
  expect(read({ ...needed, install: "none", settings: "create" }).settings).toBe("create");
});

test("a stack may be called otherwise, and stand for a control plane by name", () => {
  expect(read({ ...needed, controlPlane: "central" }, "rehearsal").controlPlane.name).toBe("central");
});

test("settings of other programs are nobody's business", () => {
  expect(read({ ...needed, "kubernetes:context": "elsewhere" }).context).toBe("bookshop-eu");
});

test("each kind of access gives the fields that Argo CD reads", () => {
  const access = (configuration: Configuration, url?: string): object => {
    const found = read({ ...needed, ...configuration }, "central", url).repositoryAccess;
    if (!("secretFields" in found)) return found;
    // two secrets are alike to whoever compares them
    const revealed = Object.entries(found.secretFields).map(([key, value]) => [key, value.reveal()]);
    return { ...found, secretFields: Object.fromEntries(revealed) as object };
  };
  expect(access({ repositoryAccess: "password", repositoryPassword: ["pass"] })).toEqual({
    kind: "password",
    fields: { username: "git" },
    secretFields: { password: "pass" },
  });
  expect(access({ repositoryAccess: "password", repositoryUsername: "ada", repositoryPassword: ["pass"] })).toMatchObject({
    fields: { username: "ada" },
  });
  expect(access({ repositoryAccess: "ssh-key", repositorySshPrivateKey: ["key"] }, "git@git.bookshop.example:gitops.git")).toEqual({
    kind: "ssh-key",
    fields: {},
    secretFields: { sshPrivateKey: "key" },
  });
  expect(
    access({
      repositoryAccess: "github-app",
      repositoryGithubAppId: "12",
      repositoryGithubAppInstallationId: "34",
      repositoryGithubAppPrivateKey: ["key"],
      repositoryGithubEnterpriseUrl: "https://github.bookshop.example/api/v3",
    }),
  ).toEqual({
    kind: "github-app",
    fields: {
      githubAppID: "12",
      githubAppInstallationID: "34",
      githubAppEnterpriseBaseUrl: "https://github.bookshop.example/api/v3",
    },
    secretFields: { githubAppPrivateKey: "key" },
  });
  expect(access({ repositoryAccess: "existing-secret", repositoryExistingSecret: "gitops" })).toEqual({
    kind: "existing-secret",
    name: "gitops",
  });
});

test.each<[title: string, configuration: Configuration, message: string]>([
  [
    "a stack without any configuration",
    {},
    "the stack 'central' lacks 'keelson:context' and 'keelson:repositoryAccess'\n" +
      "hint: set them, for example `pulumi config set keelson:context gke_acme-platform_europe-west1_main` and `pulumi config set keelson:repositoryAccess password`; see docs/bootstrap.md",
  ],
  [
    "a missing context",
    { repositoryAccess: "public" },
    "the stack 'central' lacks 'keelson:context'\n" +
      "hint: set it, for example `pulumi config set keelson:context gke_acme-platform_europe-west1_main`; see docs/bootstrap.md",
  ],
  [
    "a misspelt key",
    { ...needed, instal: "none" },
    "the stack 'central' sets 'keelson:instal', which nobody reads\n" +
      "hint: remove it by `pulumi config rm keelson:instal`; did you mean 'install', 'context'?",
  ],
  [
    "an empty value",
    { ...needed, context: " " },
    "'keelson:context' of the stack 'central' is empty\n" +
      "hint: set it, for example `pulumi config set keelson:context gke_acme-platform_europe-west1_main`",
  ],
  [
    "an unknown control plane",
    { ...needed, controlPlane: "centrl" },
    "'keelson:controlPlane' of the stack 'central' names no control plane, got 'centrl'\nhint: environments/registry.ts knows 'central'",
  ],
  [
    "a kubeconfig relative to nobody knows what",
    { ...needed, kubeconfig: "~/.kube/bookshop" },
    "'keelson:kubeconfig' of the stack 'central' must be an absolute path, not the contents\n" +
      "hint: set it, for example `pulumi config set keelson:kubeconfig /home/ada/.kube/acme`",
  ],
  [
    "something that is no secret, set as one",
    { ...needed, context: ["bookshop-eu"] },
    "'keelson:context' of the stack 'central' was set with --secret, and is nothing secret\n" +
      "hint: set it in the clear, for example `pulumi config set keelson:context gke_acme-platform_europe-west1_main`",
  ],
  [
    "an installation without the ConfigMaps that it needs",
    { ...needed, settings: "leave" },
    "'keelson:settings' of the stack 'central' must be 'create' where 'keelson:install' is 'helm': Argo CD cannot start without its ConfigMaps\n" +
      "hint: set it, for example `pulumi config set keelson:settings create`",
  ],
  [
    "an unknown way to install",
    { ...needed, install: "kustomize" },
    "'keelson:install' of the stack 'central' must be 'helm' or 'none', got 'kustomize'\n" +
      "hint: set it, for example `pulumi config set keelson:install helm`",
  ],
  [
    "an unknown way in",
    { ...needed, repositoryAccess: "token" },
    "'keelson:repositoryAccess' of the stack 'central' must be 'password' or 'ssh-key' or 'github-app' or 'existing-secret' or 'public', got 'token'\n" +
      "hint: set it, for example `pulumi config set keelson:repositoryAccess password`",
  ],
  [
    "a missing password",
    { ...needed, repositoryAccess: "password" },
    "the stack 'central' lacks 'keelson:repositoryPassword'\n" +
      "hint: set it, for example `pulumi config set --secret keelson:repositoryPassword`; see docs/bootstrap.md",
  ],
  [
    "a password in the clear",
    { ...needed, repositoryAccess: "password", repositoryPassword: "opensesame" },
    "'keelson:repositoryPassword' of the stack 'central' stands in the clear\n" +
      "hint: set it by `pulumi config set --secret keelson:repositoryPassword`; what has been committed or shown to anybody must be replaced by another",
  ],
  [
    "a key that belongs to another way in",
    { ...needed, repositoryPassword: ["opensesame"] },
    "'keelson:repositoryPassword' of the stack 'central' has no effect: 'keelson:repositoryAccess' is 'public'\n" +
      "hint: remove it by `pulumi config rm keelson:repositoryPassword`",
  ],
  [
    "an SSH key for an address of HTTP",
    { ...needed, repositoryAccess: "ssh-key", repositorySshPrivateKey: ["key"] },
    `'keelson:repositoryAccess' of the stack 'central' is 'ssh-key', which does not go with the address '${bookshop.repository.url}': an SSH key needs an address such as 'git@github.com:acme/gitops.git'\n` +
      "hint: set it, for example `pulumi config set keelson:repositoryAccess password`",
  ],
  [
    "a GitHub App's id that is no number",
    {
      ...needed,
      repositoryAccess: "github-app",
      repositoryGithubAppId: "keelson-bot",
      repositoryGithubAppInstallationId: "34",
      repositoryGithubAppPrivateKey: ["key"],
    },
    "'keelson:repositoryGithubAppId' of the stack 'central' must be a number, got 'keelson-bot'\n" +
      "hint: set it, for example `pulumi config set keelson:repositoryGithubAppId 123456`",
  ],
  [
    "a GitHub App without its key",
    { ...needed, repositoryAccess: "github-app", repositoryGithubAppId: "12" },
    "the stack 'central' lacks 'keelson:repositoryGithubAppInstallationId' and 'keelson:repositoryGithubAppPrivateKey'\n" +
      "hint: set them, for example `pulumi config set keelson:repositoryGithubAppInstallationId 12345678` and `pulumi config set --secret keelson:repositoryGithubAppPrivateKey < key-file`; see docs/bootstrap.md",
  ],
  [
    "the consent to tear down another control plane",
    { ...needed, teardown: "centrl" },
    "'keelson:teardown' of the stack 'central' must name its control plane, got 'centrl'\n" +
      "hint: to tear it down: `pulumi config set keelson:teardown central`; to keep it: `pulumi config rm keelson:teardown`",
  ],
])("%s is told with the command that sets it right", (_, configuration, message) => {
  expect(caught(() => read(configuration))).toBe(message);
});

test("a stack that is called after no control plane must name one", () => {
  expect(caught(() => read(needed, "rehearsal"))).toBe(
    "no control plane is called like the stack 'rehearsal', and 'keelson:controlPlane' is not set\n" +
      "hint: set it, for example `pulumi config set keelson:controlPlane central`; environments/registry.ts knows 'central'",
  );
});

test("an address of SSH takes no password", () => {
  expect(
    caught(() =>
      read({ ...needed, repositoryAccess: "password", repositoryPassword: ["pass"] }, "central", "git@git.bookshop.example:gitops.git"),
    ),
  ).toContain("an SSH address needs 'ssh-key' or 'existing-secret'");
});

test("no message shows a secret", () => {
  for (const configuration of [
    { ...needed, repositoryPassword: "opensesame" },
    { ...needed, repositoryPassword: ["opensesame"] as const },
    { ...needed, repositoryAccess: "ssh-key", repositorySshPrivateKey: ["opensesame"] as const },
    { ...needed, kubeconfig: "users: [{ user: { token: opensesame } }]" },
    { ...needed, kubeconfig: ["users: [{ user: { token: opensesame } }]"] as const },
  ]) {
    expect(caught(() => read(configuration))).not.toContain("opensesame");
  }
});
