import { describe, expect, test } from "@jest/globals";
import { containerSecurity, restrictedPod, SecurityExemption } from "../../lib/workload/security-exemption.ts";
import { Worker } from "../../lib/workload/worker.ts";
import { caught } from "../support/caught.ts";
import { podOf, renderUnit } from "./rendered-unit.ts";

const restricted = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, readOnlyRootFilesystem: true };

describe("SecurityExemption", () => {
  test("lays its settings over the restricted ones in every container, and writes the reason on the Pod", () => {
    const securityExemption = SecurityExemption.because("binds port 80", {
      container: { capabilities: { add: ["NET_BIND_SERVICE"] } },
      pod: { seccompProfile: { type: "Localhost", localhostProfile: "profiles/books.json" } },
    });
    const objects = renderUnit(Worker, { securityExemption, containers: { proxy: {} }, initContainers: { "fetch-covers": {} } });
    const { metadata, spec } = podOf(objects, "Deployment catalogue");
    expect(metadata?.annotations).toEqual({ "keelson.dev/security-exemption-reason": "binds port 80" });
    expect(spec).toMatchObject({
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "Localhost", localhostProfile: "profiles/books.json" } },
    });
    for (const container of [...spec.containers, ...(spec.initContainers ?? [])]) {
      expect(container).toMatchObject({ securityContext: { ...restricted, capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } } });
    }
  });

  test("keeps capabilities dropped unless it says which to drop", () => {
    const drop = SecurityExemption.because("changes owners", { container: { capabilities: { drop: ["NET_RAW"] } } });
    expect(containerSecurity(drop).capabilities).toEqual({ drop: ["NET_RAW"] });
    expect(containerSecurity(SecurityExemption.because("writes beside itself", {}))).toEqual(restricted);
  });

  test.each(["", "  \n"])("fails for the reason %p", (reason) => {
    expect(caught(() => SecurityExemption.because(reason, {}))).toBe(
      "a security exemption has no reason\nhint: say why the workload cannot do without",
    );
  });
});

describe("the restricted settings", () => {
  test("are what the standard asks, and a read-only root file system", () => {
    expect(containerSecurity(undefined)).toEqual(restricted);
    expect(restrictedPod).toEqual({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
  });
});
