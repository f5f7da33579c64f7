import { expect, test } from "@jest/globals";
import { removeDelivery } from "../../lib/bootstrap/remove-delivery.ts";
import type { LiveObject, ObjectReference } from "../../lib/cluster/kubernetes-api.ts";
import { label } from "../../lib/manifest/labels.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { FakeCluster } from "../support/fake-cluster.ts";
import { liveObject } from "../support/live-object.ts";

interface Fields {
  readonly project?: string;
  readonly finalizers?: readonly string[];
  readonly environment?: string;
  readonly managedBy?: string;
}

const object = (kind: string, name: string, { project, finalizers, environment, managedBy = "keelson" }: Fields = {}): LiveObject =>
  liveObject(kind, name, {
    labels: { [label.managedBy]: managedBy, ...(environment !== undefined && { [label.environment]: environment }) },
    metadata: finalizers && { finalizers },
    spec: { project: project ?? "bookshop-dev" },
  });

const cascade = ["resources-finalizer.argocd.argoproj.io"];

/** As a cluster does: what has a finalizer stays, marked, until somebody lets it go. */
class FinalizingCluster extends FakeCluster {
  override async delete(reference: ObjectReference): Promise<void> {
    const held = this.objects.find(({ kind, metadata }) => kind === reference.kind && metadata.name === reference.name);
    if (held?.metadata.finalizers === undefined) return super.delete(reference);
    this.asked.push(`delete ${reference.kind} ${reference.name}`);
    const metadata = { ...held.metadata, deletionTimestamp: "2026-04-01T09:00:00Z" };
    this.objects = this.objects.map((candidate) => (candidate === held ? { ...held, metadata } : candidate));
  }

  /** Argo CD has removed what the marked objects deployed. */
  finalize(): void {
    this.objects = this.objects.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  }

  /** Time in which that happens. */
  readonly finalizing = (): Promise<void> => {
    this.finalize();
    return Promise.resolve();
  };

  get deleted(): string[] {
    return this.asked.filter((request) => request.startsWith("delete")).map((request) => request.split(/[ /]/).at(-1) ?? "");
  }
}

/** Where the removal takes place. */
const place = { namespace: "argocd", environments: bookshop.environments, stderr: () => undefined };

const shop = (): FinalizingCluster =>
  new FinalizingCluster({
    objects: [
      object("AppProject", "bookshop-dev", { finalizers: cascade }),
      object("AppProject", "root", { finalizers: cascade }),
      object("Application", "bookshop-catalogue-dev", { finalizers: cascade }),
      object("Application", "root", { project: "root" }),
      object("Application", "root-dev", { project: "root" }),
      object("ApplicationSet", "recommendations"),
    ],
  });

test("roots go first, then sets, then Applications, and projects when nobody is in them; the roots' project is left", async () => {
  const cluster = shop();
  await removeDelivery({ ...place, cluster, sleep: cluster.finalizing });
  expect(cluster.deleted).toEqual(["root", "root-dev", "recommendations", "bookshop-catalogue-dev", "bookshop-dev"]);
  expect(cluster.objects.map(({ metadata }) => metadata.name)).toEqual(["root"]);
});

test("nothing later goes while a finalizer is at work, and each object is deleted once", async () => {
  const cluster = shop();
  const seen: string[][] = [];
  let looks = 0;
  await removeDelivery({
    ...place,
    cluster,
    sleep: () => {
      seen.push(cluster.objects.map(({ metadata }) => metadata.name));
      if (++looks % 4 === 0) cluster.finalize();
      return Promise.resolve();
    },
  });
  expect(seen.filter((names) => names.includes("bookshop-catalogue-dev")).every((names) => names.includes("bookshop-dev"))).toBe(true);
  expect(cluster.deleted.filter((name) => name === "bookshop-catalogue-dev")).toHaveLength(1);
});

test("what does not go is named, with what its owner can do", async () => {
  const talk: string[] = [];
  const cluster = shop();
  await expect(
    removeDelivery({ ...place, cluster, stderr: (text) => talk.push(text), sleep: () => Promise.resolve() }),
  ).rejects.toMatchObject({
    message: "these do not go: Application bookshop-catalogue-dev",
    hint: expect.stringContaining("argocd app confirm-deletion") as unknown,
  });
  expect(talk).toEqual([
    "removing Application root, Application root-dev\n",
    "removing ApplicationSet recommendations\n",
    "removing Application bookshop-catalogue-dev\n",
  ]);
});

test("the project `default`, and those that Keelson did not make, stay", async () => {
  const cluster = shop();
  cluster.objects.push(
    object("AppProject", "default"),
    object("AppProject", "guests", { managedBy: "ada" }),
    liveObject("AppProject", "spare"),
  );
  await removeDelivery({ ...place, cluster, sleep: cluster.finalizing });
  expect(cluster.objects.map(({ metadata }) => metadata.name)).toEqual(["root", "default", "guests", "spare"]);
});

test.each([
  ["production that comes back", object("Application", "bookshop-production", { environment: "production", finalizers: cascade })],
  ["what Keelson did not make and somebody adds", object("Application", "guestbook", { managedBy: "ada", finalizers: cascade })],
  ["a set that Keelson did not make and somebody adds", object("ApplicationSet", "previews", { managedBy: "ada" })],
])("%s while the roots go stops the removal before it is touched", async (_, late) => {
  const cluster = shop();
  const removal = removeDelivery({
    ...place,
    cluster,
    sleep: () => {
      if (!cluster.objects.some(({ metadata }) => metadata.name === late.metadata.name)) cluster.objects.push(late);
      return Promise.resolve();
    },
  });
  await expect(removal).rejects.toThrow(late.metadata.name);
  expect(cluster.deleted).toEqual(["root", "root-dev"]);
  expect(cluster.objects).toContainEqual(late);
});
