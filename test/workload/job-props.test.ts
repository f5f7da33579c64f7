import { describe, expect, test } from "@jest/globals";
import { App, Chart } from "cdk8s";
import { jobSpec, type JobProps } from "../../lib/workload/job-props.ts";
import { PodConfig } from "../../lib/workload/pod-config.ts";
import { bookshopContext } from "../support/unit-context.ts";

const context = bookshopContext();

function spec(props: JobProps) {
  const config = new PodConfig(new Chart(new App({ outdir: "unused" }), "test"), "config", { ...props, context });
  return jobSpec(props, { context, name: "restock", config });
}

describe("jobSpec", () => {
  test("leaves the number of tries, Pods and seconds to the API, and failed Pods in place", () => {
    const { template, ...others } = spec({});
    expect(Object.values(others)).toEqual([undefined, undefined, undefined, undefined]);
    expect(template.spec).toMatchObject({ restartPolicy: "Never", serviceAccountName: "restock", containers: [{ name: "restock" }] });
  });

  test("takes them as they are given, zero included", () => {
    expect(spec({ backoffLimit: 0, activeDeadlineSeconds: 60, completions: 4, parallelism: 0 })).toMatchObject({
      backoffLimit: 0,
      activeDeadlineSeconds: 60,
      completions: 4,
      parallelism: 0,
    });
  });

  test("gives the Pods their configuration", () => {
    expect(spec({ config: { CURRENCY: "EUR" } }).template.spec?.containers[0]?.envFrom).toEqual([
      { prefix: undefined, configMapRef: { name: "catalogue-config" } },
    ]);
  });
});
