import { expect, test } from "@jest/globals";
import type { BootstrapWorld } from "../../lib/bootstrap/bootstrap-world.ts";
import { runBootstrap } from "../../lib/bootstrap/run-bootstrap.ts";
import type { LiveObject } from "../../lib/cluster/kubernetes-api.ts";
import type { Definitions } from "../../lib/definition/definitions.ts";
import { label } from "../../lib/manifest/labels.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { caughtLater } from "../support/caught.ts";
import { FakeCluster } from "../support/fake-cluster.ts";
import { liveObject } from "../support/live-object.ts";

const application = (name: string, environment?: string, managedBy = "keelson"): LiveObject =>
  liveObject("Application", name, {
    labels: { [label.managedBy]: managedBy, ...(environment !== undefined && { [label.environment]: environment }) },
    spec: { project: environment === undefined ? "root" : `bookshop-${environment}` },
  });

/** A stack, its cluster and a person; says afterwards what was done. */
class Story implements BootstrapWorld {
  readonly cluster: FakeCluster;
  readonly calls: string[] = [];
  talk = "";
  question = "";
  readonly kubeconfig = "/home/ada/.kube/bookshop";
  readonly definitions: Definitions;
  readonly io: BootstrapWorld["io"];
  readonly pulumi: BootstrapWorld["pulumi"];

  constructor({
    config = {},
    state = [],
    live = [],
    answer,
    definitions = bookshop,
    exitCode = 0,
  }: {
    config?: Record<string, string>;
    state?: readonly object[];
    live?: readonly LiveObject[];
    answer?: string;
    definitions?: Definitions;
    exitCode?: number;
  } = {}) {
    this.definitions = definitions;
    this.cluster = new FakeCluster({ objects: live });
    const tell = (text: string): void => {
      this.talk += text;
    };
    this.io = {
      stdout: tell,
      stderr: tell,
      sleep: () => Promise.resolve(),
      connect: ({ context }) => {
        this.calls.push(`connect ${context ?? ""}`);
        return Promise.resolve(this.cluster);
      },
      ask: (question) => {
        this.question = question;
        return Promise.resolve(answer);
      },
    };
    const settings = { context: "bookshop-eu", repositoryAccess: "password", ...config };
    this.pulumi = {
      run: (args) => {
        this.calls.push(args.join(" "));
        return Promise.resolve(args[0] === "stack" ? 0 : exitCode);
      },
      read: (args) =>
        Promise.resolve(
          JSON.stringify(
            args[0] === "config"
              ? {
                  ...Object.fromEntries(Object.entries(settings).map(([key, value]) => [`keelson:${key}`, { value, secret: false }])),
                  "keelson:repositoryPassword": { secret: true },
                }
              : { deployment: { resources: state } },
          ),
        ),
    };
  }

  /** Runs the command line. @returns the exit code */
  run(line: string): Promise<number> {
    return runBootstrap(line.split(" "), this);
  }

  /** What a person reads of the error that the command line ends with. */
  refusal(line: string): Promise<string> {
    return caughtLater(() => this.run(line));
  }
}

test("preview and up make and select the stack of the only control plane, and hand all other arguments to Pulumi", async () => {
  const story = new Story({ exitCode: 7 });
  expect(await story.run("preview --diff --expect-no-changes")).toBe(7);
  expect(await story.run("up --yes")).toBe(7);
  expect(story.calls).toEqual([
    "stack select central --create",
    "preview --stack central --diff --expect-no-changes",
    "stack select central --create",
    "up --stack central --yes",
  ]);
});

test.each(["--stack rehearsal", "--stack=rehearsal", "-s rehearsal"])("`%s` names another stack", async (option) => {
  const story = new Story();
  await story.run(`up ${option} --yes`);
  expect(story.calls.at(-1)).toBe("up --stack rehearsal --yes");
});

test("of several control planes one must be named", async () => {
  const [central] = bookshop.controlPlanes;
  const story = new Story({ definitions: { ...bookshop, controlPlanes: [central!, { ...central!, name: "backup" }] } });
  expect(await story.refusal("up")).toBe(
    "which control plane is not said\nhint: name its stack by --stack; environments/registry.ts has 'central', 'backup'",
  );
});

test("without a control plane there is no stack to choose", async () => {
  const story = new Story({ definitions: { ...bookshop, controlPlanes: [] } });
  expect(await story.refusal("up")).toBe("there is no control plane\nhint: define one in environments/registry.ts");
  expect(story.calls).toEqual([]);
});

test("another word is no command", async () => {
  expect(await new Story().refusal("desroy")).toBe(
    "'desroy' is nothing that a control plane's stack can do\nhint: say 'destroy', 'preview', 'up'",
  );
});

test("without consent `destroy` only makes Pulumi forget", async () => {
  const story = new Story({ live: [application("bookshop-production", "production")] });
  expect(await story.run("destroy --yes")).toBe(0);
  expect(story.calls).toEqual(["stack select central", "destroy --stack central --yes"]);
  expect(story.talk).toContain("everything stays in the cluster");
  expect(story.cluster.objects).toHaveLength(1);
});

test("consent for another name is refused before anything is asked", async () => {
  const story = new Story({ config: { teardown: "centrl" } });
  expect(await story.refusal("destroy")).toContain("'keelson:teardown' of the stack 'central' must name its control plane, got 'centrl'");
  expect(story.calls).toEqual(["stack select central"]);
});

test("production stands in the way of a teardown", async () => {
  const live = [application("root"), application("bookshop-production", "production")];
  const story = new Story({ config: { teardown: "central" }, live, answer: "central" });
  expect(await story.refusal("destroy")).toContain("production is still delivered by an Application: 'bookshop-production'");
  expect(story.question).toBe("");
  expect(story.cluster.objects).toEqual(live);
});

test("so does what Keelson did not make", async () => {
  const live = [application("root"), application("guestbook", "dev", "ada")];
  const story = new Story({ config: { teardown: "central" }, live });
  expect(await story.refusal("destroy --yes")).toBe(
    "Keelson did not make Application 'guestbook' in 'argocd'\nhint: move what is not Keelson's, or delete it yourself",
  );
  expect(story.cluster.objects).toEqual(live);
});

test.each([{ protect: true }, { retainOnDelete: true }])("so does a stack whose last `up` was before the consent: %j", async (kept) => {
  const story = new Story({ config: { teardown: "central" }, live: [application("root")], state: [{}, kept] });
  expect(await story.refusal("destroy --yes")).toContain(
    "its last `up` was before 'keelson:teardown' was set\nhint: run `npm run bootstrap -- up",
  );
  expect(story.cluster.objects).toHaveLength(1);
});

test("a teardown empties Argo CD before Pulumi removes it, once the name was typed", async () => {
  const story = new Story({
    config: { teardown: "central" },
    live: [application("root"), application("bookshop-dev", "dev")],
    answer: "central",
  });
  expect(await story.run("destroy")).toBe(0);
  expect(story.cluster.objects).toEqual([]);
  expect(story.calls).toEqual(["stack select central", "connect bookshop-eu", "destroy --stack central --yes"]);
});

test.each([
  [undefined, "nobody is there to agree to the teardown"],
  ["yes", "the teardown was not agreed to"],
])("an answer of %j removes nothing", async (answer, message) => {
  const story = new Story({ config: { teardown: "central" }, live: [application("root")], ...(answer !== undefined && { answer }) });
  expect(await story.refusal("destroy")).toBe(`${message}\nhint: type 'central', or give --yes; nothing was removed`);
  expect(story.cluster.objects).toHaveLength(1);
});

test.each([
  [{ install: "helm" }, "everything that 'central' delivers, and Argo CD, from the cluster of 'bookshop-eu'"],
  [{ install: "none" }, "everything that 'central' delivers, but not Argo CD, from the cluster of 'bookshop-eu'"],
])("with %j the question says what goes", async (install, said) => {
  const story = new Story({ config: { teardown: "central", ...install }, answer: "central" });
  await story.run("destroy");
  expect(story.question).toContain(said);
});

test.each(["--preview-only", "--preview-only=true"])("a preview of a teardown by `%s` removes nothing", async (preview) => {
  const story = new Story({ config: { teardown: "central" }, live: [application("root")] });
  expect(await story.run(`destroy ${preview}`)).toBe(0);
  expect(story.calls.at(-1)).toBe(`destroy --stack central ${preview}`);
  expect(story.cluster.objects).toHaveLength(1);
});

test("a teardown goes without Pulumi's preview where that is wished", async () => {
  const story = new Story({ config: { teardown: "central" } });
  expect(await story.run("destroy -y --skip-preview")).toBe(0);
  expect(story.calls.at(-1)).toBe("destroy --stack central -y --skip-preview");
});

test.each([
  ["--target", "--yes --target urn:pulumi:central::keelson::root"],
  ["--exclude-protected", "--exclude-protected --yes"],
  ["--preview-only", "--preview-only=false"],
  ["--help", "--help"],
  ["--config", "--config=keelson:repositoryPassword=opensesame"],
])("a teardown that is given `%s` removes nothing", async (stray, args) => {
  const story = new Story({ config: { teardown: "central" }, live: [application("root")], answer: "central" });
  expect(await story.refusal(`destroy ${args}`)).toBe(
    `a teardown does not take '${stray}'\nhint: it takes --yes, -y, --preview-only, --preview-only=true, --skip-preview; nothing was removed`,
  );
  expect(story.calls).toEqual(["stack select central"]);
  expect(story.cluster.objects).toHaveLength(1);
});

test.each<[title: string, config: Record<string, string>, state: object]>([
  ["another context", {}, { context: "bookshop-us", kubeconfig: "/home/ada/.kube/bookshop" }],
  ["another default kubeconfig", {}, { context: "bookshop-eu", kubeconfig: "/home/ben/.kube/config" }],
  [
    "another configured kubeconfig",
    { kubeconfig: "/etc/kube/bookshop" },
    { context: "bookshop-eu", kubeconfig: "/home/ada/.kube/bookshop" },
  ],
])("a teardown where Pulumi would go to %s touches no cluster", async (_, config, inputs) => {
  const state = [{ type: "pulumi:providers:kubernetes", inputs }];
  const story = new Story({ config: { teardown: "central", ...config }, live: [application("root")], state });
  expect(await story.refusal("destroy --yes")).toContain(
    "hint: run `npm run bootstrap -- up --stack central --refresh --run-program` first",
  );
  expect(story.calls).toEqual(["stack select central"]);
  expect(story.cluster.objects).toHaveLength(1);
});

test.each<[title: string, config: Record<string, string>, kubeconfig: string]>([
  ["the configuration names the kubeconfig", { kubeconfig: "/etc/kube/bookshop" }, "/etc/kube/bookshop"],
  ["the environment does", {}, "/home/ada/.kube/bookshop"],
])("where %s that Pulumi will read, a teardown goes on", async (_, config, kubeconfig) => {
  const state = [{ type: "pulumi:providers:kubernetes", inputs: { context: "bookshop-eu", kubeconfig } }];
  const story = new Story({ config: { teardown: "central", ...config }, live: [application("root")], state });
  expect(await story.run("destroy --yes")).toBe(0);
  expect(story.cluster.objects).toEqual([]);
});
