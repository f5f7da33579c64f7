import { describe, expect, test } from "@jest/globals";
import { Volume, type VolumeMountProps } from "../../lib/workload/volume.ts";
import { Worker } from "../../lib/workload/worker.ts";
import { caught } from "../support/caught.ts";
import { podOf, renderUnit } from "./rendered-unit.ts";

const volumeOf = (volume: Volume) => podOf(renderUnit(Worker, { volumes: { shelf: volume } }), "Deployment catalogue").spec.volumes;

describe("Volume", () => {
  test.each([
    ["scratch space", Volume.emptyDir(), { emptyDir: {} }],
    ["scratch space in memory", Volume.emptyDir({ medium: "Memory" }), { emptyDir: { medium: "Memory" } }],
    ["limited scratch space", Volume.emptyDir({ sizeLimit: "512Mi" }), { emptyDir: { sizeLimit: "512Mi" } }],
    ["a Secret", Volume.secret("tls"), { secret: { secretName: "tls" } }],
    ["a Secret that need not exist", Volume.secret("tls", { optional: true }), { secret: { secretName: "tls", optional: true } }],
    ["a ConfigMap", Volume.configMap("themes"), { configMap: { name: "themes" } }],
    ["a ConfigMap that need not exist", Volume.configMap("themes", { optional: true }), { configMap: { name: "themes", optional: true } }],
    ["a claim", Volume.persistentVolumeClaim("covers"), { persistentVolumeClaim: { claimName: "covers" } }],
  ])("is %s", (_, volume, rendered) => {
    expect(volumeOf(volume)).toEqual([{ name: "shelf", ...rendered }]);
  });

  test("fails for a limit that is no quantity", () => {
    expect(caught(() => Volume.emptyDir({ sizeLimit: "1 GB" }))).toBe(
      "'1 GB' is not a quantity of 'sizeLimit'\nhint: write a number and a unit, for example '100m' or '128Mi'",
    );
  });
});

describe("VolumeMountProps", () => {
  const mountOf = (mount: string | VolumeMountProps) => {
    const objects = renderUnit(Worker, { volumes: { shelf: Volume.emptyDir() }, volumeMounts: { "/shelf": mount } });
    return (podOf(objects, "Deployment catalogue").spec.containers[0] as { volumeMounts?: object[] }).volumeMounts;
  };

  test("a name alone mounts the whole volume to write", () => {
    expect(mountOf("shelf")).toEqual([{ name: "shelf", mountPath: "/shelf" }]);
    expect(mountOf({ volume: "shelf", readOnly: false })).toEqual(mountOf("shelf"));
  });

  test("every prop reaches the manifest", () => {
    const every: Required<VolumeMountProps> = { volume: "shelf", readOnly: true, subPath: "poetry" };
    expect(mountOf(every)).toEqual([{ name: "shelf", mountPath: "/shelf", readOnly: true, subPath: "poetry" }]);
  });
});
