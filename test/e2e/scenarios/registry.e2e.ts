import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { registryWorld } from "../../../lib/cli/registry-world.ts";
import type { RegistryWorld } from "../../../lib/container-registry/registry-world.ts";
import { resolveDigest } from "../../../lib/container-registry/resolve-digest.ts";
import { defineCluster } from "../../../lib/definition/cluster.ts";
import { defineControlPlane } from "../../../lib/definition/control-plane.ts";
import type { Definitions } from "../../../lib/definition/definitions.ts";
import { defineEnvironment } from "../../../lib/definition/environment.ts";
import { SyncMode } from "../../../lib/definition/environment-policy.ts";
import { IngressClass } from "../../../lib/definition/ingress-class.ts";
import { NetworkPeer } from "../../../lib/definition/network-peer.ts";
import { defineService } from "../../../lib/definition/service.ts";
import { defineSystem } from "../../../lib/definition/system.ts";
import { ImageReference } from "../../../lib/image/image-reference.ts";
import { WebService } from "../../../lib/workload/web-service.ts";
import { salesTeam } from "../../fixtures/bookshop/apps/teams.ts";
import { organization, repository } from "../../fixtures/bookshop/environments/organization.ts";
import { stillWorld } from "../../support/still-world.ts";
import { TemporaryShop } from "../../support/temporary-shop.ts";
import { type Binaries, ensureBinaries } from "../control-plane/binaries.ts";
import { noProgress } from "../control-plane/progress.ts";
import { Run } from "../control-plane/run.ts";
import { runCommand } from "../control-plane/run-command.ts";
import { ownControlPlaneOnly } from "../own-control-plane-only.ts";
import { RegistryProcess, registryUser } from "../registry-process.ts";
import { TokenServer } from "../token-server.ts";

const { user, password } = registryUser;
const basic = Buffer.from(`${user}:${password}`).toString("base64");

// A registry that people run judges the client; it asks no cluster.
ownControlPlaneOnly("a container registry", () => {
  let run: Run;
  let binaries: Binaries;
  let registry: RegistryProcess;
  let pushed: string;

  beforeAll(async () => {
    binaries = await ensureBinaries({ progress: noProgress, pulumi: true, registry: true });
    run = Run.create();
    run.uses(binaries.builds);
    registry = await RegistryProcess.start(run, binaries, "registry");
    pushed = await registry.push("shop/till", "sha-1a2b3c4", "first", `Basic ${basic}`);
  });
  afterAll(() => run.stop());

  /** Somebody with that Docker configuration. */
  const worldOf = (name: string, config: object): RegistryWorld => {
    const folder = run.makeFolder(name);
    writeFileSync(join(folder, "config.json"), JSON.stringify(config));
    return registryWorld({ ...stillWorld, env: { DOCKER_CONFIG: folder } });
  };
  const reference = (rest: string, host = registry.host): ImageReference => ImageReference.parse(`${host}/shop/${rest}`);

  test("is the version that the build asks for", async () => {
    expect(await runCommand(binaries.file("registry", "bin", "registry"), ["--version"])).toMatch(/ v3\.1\.2\n$/);
  });

  test("tells user and password the digest of a tag, and that others are not there", async () => {
    const world = worldOf("alice", { auths: { [`http://${registry.host}/v1/`]: { auth: basic } } });
    expect((await resolveDigest(reference("till:sha-1a2b3c4"), world)).digest).toBe(pushed);
    expect((await resolveDigest(reference(`till@${pushed}`), world)).digest).toBe(pushed);
    await expect(resolveDigest(reference("nothing:v1.0.0"), world)).rejects.toMatchObject({
      message: `'${registry.host}/shop/nothing' has no tag 'v1.0.0'`,
      hint: "was it pushed, and there?",
    });
    await expect(resolveDigest(reference("till:sha-1a2b3c5"), world)).rejects.toMatchObject({
      message: `'${registry.host}/shop/till' has no tag 'sha-1a2b3c5'`,
      hint: "was it pushed? the nearest tags are: 'sha-1a2b3c4'",
    });
  });

  test("is shown no more than there is", async () => {
    await expect(resolveDigest(reference("till:sha-1a2b3c4"), worldOf("nobody", {}))).rejects.toThrow(
      `'${registry.host}' refuses reading 'shop/till' with no credentials`,
    );
    const mistaken = worldOf("mistaken", { auths: { [registry.host]: { username: user, password: "salt" } } });
    await expect(resolveDigest(reference("till:sha-1a2b3c4"), mistaken)).rejects.toThrow("with user and password from");
  });

  test.each(["user and password", "an identity token"])("takes a token that a token server gave for %s", async (kind) => {
    const tokens = await TokenServer.start();
    const name = kind.replaceAll(" ", "-");
    try {
      const guarded = await RegistryProcess.start(run, binaries, name, tokens.trusted(run.path(`${name}.json`)));
      const digest = await guarded.push("shop/till", "v1.0.0", kind, `Bearer ${tokens.token("repository:shop/till:pull,push")}`);
      const entry = kind === "an identity token" ? { identitytoken: tokens.identityToken } : { auth: basic };
      const world = worldOf(`of-${name}`, { auths: { [guarded.host]: entry } });
      expect((await resolveDigest(reference("till:v1.0.0", guarded.host), world)).digest).toBe(digest);
      expect(tokens.granted).toEqual([`${kind === "an identity token" ? "POST" : "GET"} repository:shop/till:pull`]);
    } finally {
      await tokens.stop();
    }
  });

  describe("a project whose images lie there", () => {
    let shop: TemporaryShop;
    let definitions: Definitions;
    let image: string;

    beforeAll(() => {
      shop = new TemporaryShop();
      definitions = tillFrom(`${registry.host}/shop`);
      image = `${registry.host}/shop/till`;
      shop.write("environments/dev/images.yaml", `counter/till: ${image}:sha-0000000 # the till\n`);
      shop.write("environments/production/images.yaml", `counter/till: ${image}:v0.1.0@sha256:${"0".repeat(64)}\n`);
      for (const name of ["dev", "production"]) shop.write(`environments/${name}/sealed-secrets.yaml`, "");
    });
    afterAll(() => {
      shop.remove();
    });

    const keelson = (...argv: string[]): ReturnType<TemporaryShop["run"]> =>
      shop.run(argv, { definitions, registry: worldOf("cashier", { auths: { [registry.host]: { auth: basic } } }) });

    test("`keelson image set --resolve-digest` pins what the registry holds", async () => {
      const set = await keelson("image", "set", "counter/till", `${image}:sha-1a2b3c4`, "--environment", "dev", "--resolve-digest");
      expect([set.exitCode, set.stderr]).toEqual([0, expect.stringContaining("hint: commit all of it together")]);
      expect(shop.read("environments/dev/images.yaml")).toBe(`counter/till: ${image}:sha-1a2b3c4@${pushed} # the till\n`);
      expect(shop.read("generated/yaml/dev/here/counter/till/deployment-till.yaml")).toContain(`"${image}:sha-1a2b3c4@${pushed}"`);
    });

    test("`keelson promote --as` takes the release tag of the same image only", async () => {
      const promote = (tag: string): ReturnType<TemporaryShop["run"]> => keelson("promote", "counter", "--to", "production", "--as", tag);
      await registry.push("shop/till", "v2.0.0", "another", `Basic ${basic}`);
      expect(await registry.push("shop/till", "v1.0.0", "first", `Basic ${basic}`)).toBe(pushed);
      expect(await promote("v3.0.0")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("has no tag 'v3.0.0'") as unknown });
      expect(await promote("v2.0.0")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("is another image") as unknown });
      expect(await promote("v1.0.0")).toMatchObject({ exitCode: 0 });
      expect(shop.read("environments/production/images.yaml")).toBe(`counter/till: ${image}:v1.0.0@${pushed}\n`);
    });
  });
});

/** One service in two environments, from that registry. */
function tillFrom(imageRegistry: string): Definitions {
  const cluster = defineCluster({
    name: "here",
    destination: { server: "https://kubernetes.default.svc" },
    versions: { externalSecrets: "1.3.2" },
    ingress: { class: IngressClass.named("nginx"), from: [] },
    scraper: NetworkPeer.namespace("monitoring"),
    dns: [NetworkPeer.namespace("kube-system")],
  });
  const dev = defineEnvironment({
    name: "dev",
    clusters: [cluster],
    domain: "dev.paperback.example",
    policy: {
      sync: SyncMode.automated({ prune: true, selfHeal: true }),
      approval: "none",
      images: { tag: "commit", digest: "optional" },
    },
  });
  const production = defineEnvironment({
    name: "production",
    clusters: [cluster],
    domain: "paperback.example",
    policy: { sync: SyncMode.manual(), approval: "pull-request", images: { tag: "release", digest: "required" } },
  });
  const till = defineService({
    name: "till",
    construct: WebService,
    props: { replicas: 2, resources: { requests: { cpu: "10m", memory: "16Mi" } } },
  });
  const counter = defineSystem({
    name: "counter",
    team: salesTeam,
    environments: [dev, production],
    applications: "per-service",
    registry: imageRegistry,
    services: [till],
  });
  return {
    organization,
    repository,
    systems: [counter],
    clusterSystems: [],
    environments: [dev, production].map((definition) => ({ definition, overlays: [] })),
    controlPlanes: [defineControlPlane({ name: "central", cluster, argocdVersion: "3.5.3", environments: [dev, production] })],
  };
}
