import { describe, expect, test } from "@jest/globals";
import { DisruptionBudget } from "../../lib/workload/disruption-budget.ts";
import { EnvVar } from "../../lib/workload/env-var.ts";
import { Volume } from "../../lib/workload/volume.ts";
import { Worker, type WorkerProps } from "../../lib/workload/worker.ts";
import { caught } from "../support/caught.ts";
import { bookshopContext } from "../support/unit-context.ts";
import { find, podOf, renderUnit } from "./rendered-unit.ts";

const deployment = (props: WorkerProps) => find(renderUnit(Worker, props), "Deployment catalogue");

describe("WorkloadDeployment", () => {
  test("leaves everything but selector and template to Kubernetes", () => {
    expect(Object.keys(deployment({}).spec as object)).toEqual(["selector", "template"]);
  });

  test("zero is a number", () => {
    expect(deployment({ replicas: 0, minReadySeconds: 0, revisionHistoryLimit: 0 }).spec).toMatchObject({
      replicas: 0,
      minReadySeconds: 0,
      revisionHistoryLimit: 0,
    });
  });

  test("is rolled when a Secret that any of its containers reads changes, unless its author says otherwise", () => {
    const props: WorkerProps = {
      env: { PASSWORD: EnvVar.secretKey("db-credentials", "password") },
      containers: { "log-shipper": { env: { TOKEN: EnvVar.secretKey("journal", "token") } } },
      volumes: { tls: Volume.secret("catalogue-tls") },
    };
    const reload = { "secret.reloader.stakater.com/reload": "catalogue-tls,db-credentials,journal" };
    expect(deployment(props).metadata.annotations).toEqual(reload);
    expect(deployment({ ...props, restartOnSecretChange: true }).metadata.annotations).toEqual(reload);
    expect(deployment({ ...props, restartOnSecretChange: false }).metadata).not.toHaveProperty("annotations");
    expect(deployment({ restartOnSecretChange: true }).metadata).not.toHaveProperty("annotations");
  });

  test("has its author's labels and annotations beside the unit's, on the Deployment and not on its Pods", () => {
    const context = bookshopContext({ annotations: { "argocd.argoproj.io/sync-wave": "1" } });
    const objects = renderUnit(Worker, { labels: { aisle: "7" }, annotations: { owner: "catalogue-team" } }, context);
    expect(find(objects, "Deployment catalogue").metadata).toMatchObject({
      labels: { ...context.labels, aisle: "7" },
      annotations: { "argocd.argoproj.io/sync-wave": "1", owner: "catalogue-team" },
    });
    expect(podOf(objects, "Deployment catalogue").metadata).toEqual(podOf(renderUnit(Worker, {}), "Deployment catalogue").metadata);
  });

  test("judges a budget by the fewest Pods that there may be: the autoscaler's, its own, or one", () => {
    const budget = { disruptionBudget: DisruptionBudget.minAvailable(2) };
    expect(() => deployment({ ...budget, autoscaling: { minReplicas: 3, maxReplicas: 9, cpu: 70 }, replicas: 1 })).not.toThrow();
    expect(() => deployment({ ...budget, replicas: 3 })).not.toThrow();
    for (const [props, replicas] of [
      [{ autoscaling: { minReplicas: 2, maxReplicas: 9, cpu: 70 }, replicas: 9 }, 2],
      [{ replicas: 2 }, 2],
      [{}, 1],
    ] as const) {
      expect(caught(() => deployment({ ...budget, ...props }))).toBe(
        `the disruption budget minAvailable '2' of 'catalogue' lets no node drain while there are ${replicas} replicas\n` +
          "hint: allow one disruption at least, or run more replicas",
      );
    }
  });
});
