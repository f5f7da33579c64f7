import { expect, test } from "@jest/globals";
import { removeDelivery } from "../../lib/bootstrap/remove-delivery.ts";
import type { LiveObject, ObjectReference } from "../../lib/cluster/kubernetes-api.ts";
import { FakeCluster } from "../support/fake-cluster.ts";
import { liveObject } from "../support/live-object.ts";

const object = (kind: string, name: string, fields: { project?: string; finalizers?: readonly string[] } = {}): LiveObject =>
  liveObject(kind, name, {
    metadata: fields.finalizers && { finalizers: fields.finalizers },
    spec: { project: fields.project ?? "bookshop-dev" },
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

  get deleted(): string[] {
    return this.asked.filter((request) => request.startsWith("delete")).map((request) => request.split(/[ /]/).at(-1) ?? "");
  }
}

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
  await removeDelivery({
    cluster,
    namespace: "argocd",
    stderr: () => undefined,
    sleep: () => {
      cluster.finalize();
      return Promise.resolve();
    },
  });
  expect(cluster.deleted).toEqual(["root", "root-dev", "recommendations", "bookshop-catalogue-dev", "bookshop-dev"]);
  expect(cluster.objects.map(({ metadata }) => metadata.name)).toEqual(["root"]);
});

test("nothing later goes while a finalizer is at work, and each object is deleted once", async () => {
  const cluster = shop();
  const seen: string[][] = [];
  let looks = 0;
  await removeDelivery({
    cluster,
    namespace: "argocd",
    stderr: () => undefined,
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
    removeDelivery({ cluster, namespace: "argocd", stderr: (text) => talk.push(text), sleep: () => Promise.resolve() }),
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
