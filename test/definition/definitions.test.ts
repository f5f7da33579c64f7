import { describe, expect, test } from "@jest/globals";
import { overlayAll } from "../../lib/definition/construct-change.ts";
import { defineControlPlane } from "../../lib/definition/control-plane.ts";
import { SyncMode } from "../../lib/definition/environment-policy.ts";
import { NetworkPeer } from "../../lib/definition/network-peer.ts";
import { overlay, overlayNamespace } from "../../lib/definition/overlay.ts";
import { defineOrganization } from "../../lib/definition/organization.ts";
import { defineRepository } from "../../lib/definition/repository.ts";
import { defineService } from "../../lib/definition/service.ts";
import { CallSite } from "../../lib/definition/source-location.ts";
import { SyncWindow } from "../../lib/definition/sync-window.ts";
import { defineSystem } from "../../lib/definition/system.ts";
import { defineTeam } from "../../lib/definition/team.ts";
import { Value } from "../../lib/definition/value.ts";
import { WebService } from "../../lib/workload/web-service.ts";
import { Worker } from "../../lib/workload/worker.ts";
import { salesTeam } from "../fixtures/bookshop/apps/teams.ts";
import { eu } from "../fixtures/bookshop/environments/clusters.ts";
import { dev } from "../fixtures/bookshop/environments/dev/environment.ts";
import { caught } from "../support/caught.ts";

describe("defineService", () => {
  const storefront = defineService({ name: "storefront", construct: WebService, props: { replicas: 2 } });

  test("keeps what its author wrote, and takes no more than that", () => {
    const { callSite, ...written } = storefront;
    expect(written).toEqual({
      name: "storefront",
      construct: WebService,
      props: { replicas: 2 },
      imageOf: undefined,
      syncWave: undefined,
      waivers: [],
    });
    expect(callSite.location?.file).toMatch(/definitions\.test\.ts$/);
  });

  test("remembers whose image it runs, and its wave", () => {
    const packer = defineService({ name: "packer", construct: Worker, props: {}, imageOf: storefront, syncWave: -3 });
    expect([packer.imageOf, packer.syncWave]).toEqual([storefront, -3]);
  });
});

describe("defineSystem", () => {
  const storefront = defineService({ name: "storefront", construct: WebService, props: {} });
  const catalogue = defineService({ name: "catalogue", construct: WebService, props: {} });
  const props = { name: "bookshop", team: salesTeam, environments: [dev], applications: "per-service" } as const;

  test.each([
    ["from", { from: catalogue, to: storefront }],
    ["to", { from: storefront, to: catalogue }],
  ])("refuses a call %s a service of another system", (_, call) => {
    expect(caught(() => defineSystem({ ...props, services: [storefront], calls: [call] }))).toBe(
      "a call of system 'bookshop' names 'catalogue', which is not one of its services\n" +
        "hint: list 'catalogue' under services in apps/bookshop/system.ts, or take the call out",
    );
  });

  test("takes a stranger's namesake for what it is", () => {
    const namesake = defineService({ name: "storefront", construct: WebService, props: {} });
    expect(caught(() => defineSystem({ ...props, services: [storefront], calls: [{ from: namesake, to: storefront }] }))).toMatch(
      /^a call of system 'bookshop' names 'storefront', which is not one of its services/,
    );
  });

  test("refuses a call that is listed twice", () => {
    const call = { from: storefront, to: catalogue };
    const calls = [call, { from: catalogue, to: storefront }, { ...call }];
    expect(caught(() => defineSystem({ ...props, services: [storefront, catalogue], calls }))).toBe(
      "the call from 'storefront' to 'catalogue' of system 'bookshop' is listed twice",
    );
  });

  test("takes calls among its own services", () => {
    const calls = [
      { from: storefront, to: catalogue },
      { from: catalogue, to: storefront },
    ];
    expect(defineSystem({ ...props, services: [storefront, catalogue], calls }).calls).toBe(calls);
  });
});

/** What an author without a type checker may write for a prop that is left out. */
const leftOut = undefined as never;

describe("defineTeam", () => {
  test("calls the group like the team unless told otherwise", () => {
    const props = { codeOwners: ["@paperback/buyers"], alerts: { slackChannel: "buyers" } };
    expect(defineTeam({ name: "buyers", ...props })).toMatchObject({ name: "buyers", group: "buyers", ...props });
    expect(defineTeam({ name: "buyers", group: "paperback:buyers", ...props }).group).toBe("paperback:buyers");
    expect(defineTeam({ name: "buyers", group: leftOut, ...props }).group).toBe("buyers");
  });
});

describe("defineControlPlane", () => {
  const props = { name: "central", cluster: eu, environments: [dev] };

  test("puts Argo CD into 'argocd' unless told otherwise", () => {
    expect(defineControlPlane({ ...props, argocdVersion: "3.5.3" }).namespace).toBe("argocd");
    expect(defineControlPlane({ ...props, argocdVersion: "3.5.3", namespace: "delivery" }).namespace).toBe("delivery");
    expect(defineControlPlane({ ...props, argocdVersion: "3.5.3", namespace: leftOut }).namespace).toBe("argocd");
  });

  test.each(["3.5", "v3.5.3", "3.5.3-rc1", "latest", ""])("refuses the version '%s'", (argocdVersion) => {
    expect(caught(() => defineControlPlane({ ...props, argocdVersion }))).toBe(
      `the Argo CD version '${argocdVersion}' of control plane 'central' is not a version\nhint: write all three numbers, for example '3.5.3'`,
    );
  });
});

describe("defineRepository", () => {
  const props = { url: "https://git.paperback.example/books/gitops.git", branch: "trunk" };

  test.each(["dist", "generated/yaml", "a.b/c_d", "-x"])("takes the output '%s'", (output) => {
    expect(defineRepository({ ...props, output })).toEqual({ ...props, output });
  });

  test.each(["", "/dist", "dist/", "../dist", "./dist", "a//b", ".", "a/../b", "C:\\dist", ".git"])("refuses the output '%s'", (output) => {
    expect(caught(() => defineRepository({ ...props, output }))).toBe(
      `the repository's output '${output}' is not a path inside the repository\nhint: give a relative path such as 'dist'`,
    );
  });
});

test("defineOrganization keeps what its author wrote", () => {
  const props = { name: "paperback", domain: "paperback.example", registry: "registry.paperback.example/books" };
  expect(defineOrganization(props)).toEqual(props);
});

describe("overlays", () => {
  const storefront = defineService({ name: "storefront", construct: WebService, props: {} });
  const catalogue = defineService({ name: "catalogue", construct: WebService, props: {} });

  test("hold their services as a list, one or several", () => {
    expect(overlay(storefront, { replicas: 3 })).toMatchObject({ services: [storefront], change: { replicas: 3 } });
    expect(overlay([storefront, catalogue], { replicas: 3 })).toMatchObject({ services: [storefront, catalogue] });
  });

  test("remember where they were written", () => {
    expect(overlay(storefront, {}).callSite.location?.file).toMatch(/definitions\.test\.ts$/);
    expect(overlayAll(WebService, {}).callSite.location?.file).toMatch(/definitions\.test\.ts$/);
  });

  test("may address a construct, or a system's namespace", () => {
    const system = defineSystem({ name: "bookshop", team: salesTeam, environments: [dev], applications: "per-service", services: [] });
    expect(overlayAll(WebService, { replicas: 3 })).toMatchObject({ construct: WebService, change: { replicas: 3 } });
    expect(overlayNamespace(system, { quota: { pods: "10" } })).toMatchObject({ namespaceOf: system, change: { quota: { pods: "10" } } });
  });
});

describe("SyncMode", () => {
  test("is started by hand, or automatic with what it may do", () => {
    expect(SyncMode.manual().automated).toBeUndefined();
    expect(SyncMode.automated({ prune: true, selfHeal: false }).automated).toEqual({ prune: true, selfHeal: false });
    expect(SyncMode.manual()).toBeInstanceOf(Value);
  });
});

describe("SyncWindow", () => {
  test("is in UTC and lets a sync by hand pass, unless told otherwise", () => {
    const window = SyncWindow.deny({ schedule: "0 0 20 12 *", duration: "336h" });
    expect([window.kind, window.props]).toEqual(["deny", { schedule: "0 0 20 12 *", duration: "336h", timeZone: "UTC", manualSync: true }]);
    expect(SyncWindow.deny({ ...window.props, timeZone: leftOut, manualSync: leftOut }).props).toEqual(window.props);
    expect(SyncWindow.allow({ schedule: "0 9 * * 1", duration: "1h30m", timeZone: "Europe/Amsterdam", manualSync: false })).toMatchObject({
      kind: "allow",
      props: { timeZone: "Europe/Amsterdam", manualSync: false },
    });
  });

  test.each(["@daily", "0 9 * *", "0 9 * * 1 2026", ""])("refuses the schedule '%s'", (schedule) => {
    expect(caught(() => SyncWindow.allow({ schedule, duration: "7h" }))).toBe(
      `the sync window's schedule '${schedule}' is not five cron fields\nhint: write minute, hour, day, month and weekday, for example '0 9 * * 1-4'`,
    );
  });

  test.each(["7", "7 h", "1d", "", "h"])("refuses the duration '%s'", (duration) => {
    expect(caught(() => SyncWindow.allow({ schedule: "0 9 * * *", duration }))).toBe(
      `the sync window's duration '${duration}' is not a Go duration\nhint: for example '5s' or '1h30m'`,
    );
  });
});

describe("NetworkPeer", () => {
  test("is Pods, a namespace or a block of addresses", () => {
    expect(NetworkPeer.pods({ labels: { app: "till" } }).shape).toEqual({ kind: "pods", labels: { app: "till" } });
    expect(NetworkPeer.pods({ labels: { app: "till" }, namespace: "shop" }).shape).toEqual({
      kind: "pods",
      labels: { app: "till" },
      namespace: "shop",
    });
    expect(NetworkPeer.namespace("shop").shape).toEqual({ kind: "namespace", namespace: "shop" });
    expect(NetworkPeer.ipBlock("10.0.0.0/8", ["10.1.0.0/16"]).shape).toEqual({
      kind: "ipBlock",
      cidr: "10.0.0.0/8",
      except: ["10.1.0.0/16"],
    });
  });

  test("refuses Pods without a label: that would be every Pod", () => {
    expect(caught(() => NetworkPeer.pods({ labels: {} }))).toBe(
      "a network peer of Pods has no label\nhint: an empty selector means every Pod: say NetworkPeer.namespace(…) if you mean a whole namespace",
    );
  });

  test.each(["0.0.0.0/0", "10.20.0.5/32", "2001:db8::/32", "::/0"])("takes the block '%s'", (cidr) => {
    expect(NetworkPeer.ipBlock(cidr).shape).toEqual({ kind: "ipBlock", cidr });
  });

  test.each([
    "10.20.0.5",
    "10.20.0.5/33",
    "10.20.0/24",
    "256.0.0.1/32",
    "2001:db8::/129",
    "books.example/32",
    "10.0.0.0/8/8",
    "10.0.0.0/",
    "",
  ])("refuses the block '%s', also as an exception", (cidr) => {
    const message = `'${cidr}' is not an IP block\nhint: write an address and a mask, for example '10.20.0.5/32'`;
    expect(caught(() => NetworkPeer.ipBlock(cidr))).toBe(message);
    expect(caught(() => NetworkPeer.ipBlock("10.0.0.0/8", [cidr]))).toBe(message);
  });
});

describe("CallSite", () => {
  function defineShelf(): CallSite {
    return CallSite.of(defineShelf);
  }

  test("names the file and the line of whoever called", () => {
    const [first, second] = [defineShelf(), defineShelf()];
    expect(first.location?.file).toMatch(/test\/definition\/definitions\.test\.ts$/);
    expect(second.location?.line).toBe(first.location?.line);
    expect(second.location?.column).toBeGreaterThan(first.location?.column ?? Infinity);
  });

  test("leaves the depth of other stacks alone", () => {
    const before = Error.stackTraceLimit;
    defineShelf();
    expect(Error.stackTraceLimit).toBe(before);
  });
});
