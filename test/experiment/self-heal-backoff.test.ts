import { describe, expect, test } from "@jest/globals";
import { SelfHealBackoff } from "../../lib/experiment/self-heal-backoff.ts";
import { FakeCluster } from "../support/fake-cluster.ts";
import { liveObject } from "../support/live-object.ts";

const parameters = (data: Record<string, string>) => liveObject("ConfigMap", "argocd-cmd-params-cm", { data });
const firstEight = (backoff: SelfHealBackoff): number[] => [0, 1, 2, 3, 4, 5, 6, 7].map((attempts) => backoff.secondsAfter(attempts));

describe("SelfHealBackoff", () => {
  test("triples from 2 to 300 seconds as Argo CD is shipped", () => {
    expect(firstEight(SelfHealBackoff.of())).toEqual([0, 2, 6, 18, 54, 162, 300, 300]);
  });

  test("follows the controller's parameters", () => {
    const settings = parameters({
      "controller.self.heal.backoff.timeout.seconds": "5",
      "controller.self.heal.backoff.factor": "2",
      "controller.self.heal.backoff.cap.seconds": "30",
    });
    expect(firstEight(SelfHealBackoff.of(settings))).toEqual([0, 5, 10, 20, 30, 30, 30, 30]);
  });

  test("is a fixed delay where the back-off is switched off", () => {
    const settings = parameters({ "controller.self.heal.backoff.timeout.seconds": "0", "controller.self.heal.timeout.seconds": "5" });
    expect(firstEight(SelfHealBackoff.of(settings))).toEqual([5, 5, 5, 5, 5, 5, 5, 5]);
  });

  test("takes Argo CD's own value for one that is no number", () => {
    expect(SelfHealBackoff.of(parameters({ "controller.self.heal.backoff.factor": "three" })).secondsAfter(3)).toBe(18);
  });

  test("is read from the cluster, and is Argo CD's own where that is not set or may not be read", async () => {
    const objects = [parameters({ "controller.self.heal.backoff.factor": "2" })];
    const thirdDelay = async (cluster: FakeCluster) => (await SelfHealBackoff.read(cluster, "argocd")).secondsAfter(3);
    expect(await thirdDelay(new FakeCluster({ objects }))).toBe(8);
    expect(await thirdDelay(new FakeCluster())).toBe(18);
    expect(await thirdDelay(new FakeCluster({ objects, denied: ["ConfigMap"] }))).toBe(18);
  });
});
