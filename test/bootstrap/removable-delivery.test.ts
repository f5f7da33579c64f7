import { expect, test } from "@jest/globals";
import { type RemovableDelivery, removableDelivery } from "../../lib/bootstrap/removable-delivery.ts";
import type { LiveObject } from "../../lib/cluster/kubernetes-api.ts";
import { label } from "../../lib/manifest/labels.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { caughtLater } from "../support/caught.ts";
import { FakeCluster } from "../support/fake-cluster.ts";
import { liveObject } from "../support/live-object.ts";

const keelsons = { [label.managedBy]: "keelson" };
const root = liveObject("Application", "root", { labels: keelsons });
const set = liveObject("ApplicationSet", "recommendations", { labels: keelsons });

const delivery = (...objects: LiveObject[]): Promise<RemovableDelivery> =>
  removableDelivery({ cluster: new FakeCluster({ objects }), namespace: "argocd", environments: bookshop.environments });

test("what Keelson made may go, and projects are nobody's delivery", async () => {
  expect(await delivery(root, set, liveObject("AppProject", "guests"))).toEqual({ applications: [root], sets: [set] });
});

test("what Keelson did not make may not", async () => {
  const previews = liveObject("ApplicationSet", "previews", { labels: { [label.managedBy]: "ada" } });
  expect(await caughtLater(() => delivery(root, set, previews))).toContain("Keelson did not make ApplicationSet 'previews' in 'argocd'");
  expect(await caughtLater(() => delivery(root, liveObject("Application", "guestbook"), previews))).toContain(
    "Keelson did not make Application 'guestbook' and 1 more in 'argocd'",
  );
});

test("production may not", async () => {
  const production = liveObject("Application", "bookshop-production", { labels: { ...keelsons, [label.environment]: "production" } });
  expect(await caughtLater(() => delivery(root, production))).toContain("production is still delivered by an Application");
});
