import { expect, test } from "@jest/globals";
import { foreignDelivery } from "../../lib/bootstrap/foreign-delivery.ts";
import { label } from "../../lib/manifest/labels.ts";
import { FakeCluster } from "../support/fake-cluster.ts";
import { liveObject } from "../support/live-object.ts";

test("what Keelson did not make is found, and nothing else", async () => {
  const labels = { [label.managedBy]: "keelson" };
  const objects = [
    liveObject("Application", "guestbook"),
    liveObject("Application", "root", { labels }),
    liveObject("ApplicationSet", "previews", { labels: { [label.managedBy]: "ada" } }),
    liveObject("ApplicationSet", "recommendations", { labels }),
    liveObject("AppProject", "guests"),
  ];
  expect(await foreignDelivery(new FakeCluster({ objects }), "argocd")).toEqual(["Application 'guestbook'", "ApplicationSet 'previews'"]);
});
