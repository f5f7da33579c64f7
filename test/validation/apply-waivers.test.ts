import { describe, expect, test } from "@jest/globals";
import { defineClusterSystem } from "../../lib/definition/cluster-system.ts";
import type { Definitions } from "../../lib/definition/definitions.ts";
import { defineService } from "../../lib/definition/service.ts";
import { type Waiver, type WaiverProps, waive } from "../../lib/definition/waiver.ts";
import type { Issue } from "../../lib/manifest/issue.ts";
import type { Manifest, Owner } from "../../lib/manifest/manifest.ts";
import { applyWaivers } from "../../lib/validation/apply-waivers.ts";
import { WebService } from "../../lib/workload/web-service.ts";
import { bookshopWorld } from "../support/bookshop-world.ts";
import { deployment, manifest, platform, unitOf } from "../support/manifests.ts";

const terms = { reason: "the supplier's image asks for it", until: "2027-06-30" };

/** Finds something on an object. */
function issueOn(found: Manifest | undefined, rule = "secret-exists"): Issue {
  return {
    severity: "error",
    rule,
    message: `something is wrong with ${found?.document.metadata.name ?? "nothing"}`,
    ...(found && { manifest: found }),
  };
}

function waiver(props: Partial<WaiverProps> = {}): Waiver {
  return waive("secret-exists", { ...terms, ...props });
}

/** A service of the bookshop, with its waivers. */
function service(name: string, ...waivers: Waiver[]) {
  return defineService({ name, construct: WebService, props: {}, waivers });
}

/** The definitions of the bookshop with waivers on the service `catalogue`, on the system or on production. */
function world(on: { readonly catalogue?: Waiver[]; readonly system?: Waiver[]; readonly production?: Waiver[] }): Definitions {
  return bookshopWorld({
    system: { services: [service("catalogue", ...(on.catalogue ?? [])), service("checkout")], ...(on.system && { waivers: on.system }) },
    ...(on.production && { production: { waivers: on.production } }),
  });
}

/** What stands after waiving, and how often each reason waived something. */
function outcome(found: readonly Issue[], definitions: Definitions): { stands: string[]; waived: string[] } {
  const { issues, waived } = applyWaivers(found, definitions);
  return { stands: issues.map(({ message }) => message), waived: waived.map(({ issue }) => issue.message) };
}

const onCatalogue = issueOn(deployment());
const onCheckout = issueOn({ ...deployment({}, { name: "checkout" }), owner: unitOf("checkout") });
const inProduction = issueOn({ ...deployment(), owner: unitOf("catalogue", { environment: "production", cluster: "production-eu" }) });
const delivery: Owner = { scope: "delivery", controlPlane: "central", group: "production", environment: "production" };
const onProject = issueOn(
  manifest(
    { kind: "AppProject", metadata: { name: "bookshop-production", labels: { "app.kubernetes.io/part-of": "bookshop" } } },
    delivery,
  ),
);
const idle = (title: string) => `the waiver of 'secret-exists' on ${title} waives nothing`;

describe("applyWaivers", () => {
  test("lets everything stand where nothing is waived", () => {
    expect(applyWaivers([onCatalogue], bookshopWorld())).toEqual({ issues: [onCatalogue], waived: [] });
  });

  test("tells what is waived, and by which waiver", () => {
    const own = waiver();
    expect(applyWaivers([onCatalogue, onCheckout], world({ catalogue: [own] }))).toEqual({
      issues: [onCheckout],
      waived: [{ issue: onCatalogue, waiver: own }],
    });
  });

  test("keeps a waiver of a service to that service, in every environment", () => {
    expect(outcome([onCatalogue, onCheckout, inProduction, onProject], world({ catalogue: [waiver()] }))).toEqual({
      stands: [onCheckout.message, onProject.message],
      waived: [onCatalogue.message, inProduction.message],
    });
  });

  test("takes a waiver of a system for all its services and for what delivers it", () => {
    const stranger = issueOn({ ...deployment(), owner: unitOf("catalogue", { system: "warehouse" }) });
    expect(outcome([onCheckout, onProject, stranger], world({ system: [waiver()] }))).toEqual({
      stands: [stranger.message],
      waived: [onCheckout.message, onProject.message],
    });
  });

  test("takes a waiver of an environment for everything in it and for what delivers it", () => {
    expect(outcome([onCatalogue, inProduction, onProject], world({ production: [waiver()] }))).toEqual({
      stands: [onCatalogue.message],
      waived: [inProduction.message, onProject.message],
    });
  });

  test("takes a waiver of a cluster-wide system and of its units", () => {
    const { systems, environments, ...rest } = bookshopWorld();
    const [definition] = environments;
    const cluster = definition!.definition.clusters[0];
    const unit = { service: service("secret-stores", waiver()), namespace: "external-secrets" };
    const clusterSystem = defineClusterSystem({ name: "platform", team: systems[0]!.team, clusters: [cluster], units: [unit] });
    const onPlatform = issueOn(manifest({ kind: "ConfigMap" }, platform));
    expect(outcome([onPlatform, onCatalogue], { ...rest, systems, environments, clusterSystems: [clusterSystem] })).toEqual({
      stands: [onCatalogue.message],
      waived: [onPlatform.message],
    });
  });

  test("waives no other rule, and nothing that was found on no object", () => {
    const found = [issueOn(deployment(), "port-exists"), issueOn(undefined), onCatalogue];
    expect(outcome(found, world({ system: [waiver()] })).waived).toEqual([onCatalogue.message]);
  });

  test("waives only the objects that it names", () => {
    const onService = issueOn(manifest({ kind: "Service" }));
    expect(outcome([onCatalogue, onService], world({ catalogue: [waiver({ objects: ["Service/catalogue"] })] }))).toEqual({
      stands: [onCatalogue.message],
      waived: [onService.message],
    });
  });

  test("waives only in the environments that it names, and nothing that is in none", () => {
    const rootDelivery: Owner = { scope: "delivery", controlPlane: "central", group: "platform", environment: undefined };
    const everywhere = issueOn({ ...onProject.manifest!, owner: rootDelivery });
    const { environments } = bookshopWorld();
    const waivers = [waiver({ environments: [environments[2]!.definition] })];
    const { waived } = applyWaivers([onCatalogue, inProduction, everywhere], world({ system: waivers }));
    expect(waived.map(({ issue }) => issue)).toEqual([inProduction]);
  });

  test("reports a waiver that waives nothing, where it was written", () => {
    const [onService, onSystem, onProduction] = [waiver(), waiver(), waiver()];
    const definitions = world({ catalogue: [onService], system: [onSystem], production: [onProduction] });
    const report = (title: string, { callSite }: Waiver): Issue => ({
      ...{ severity: "error", rule: "waiver", message: idle(title), source: callSite },
      hint: "take it out, or mend its rule, its objects, its environments or its place",
    });
    expect(applyWaivers([], definitions).issues).toEqual([
      report("service 'bookshop/catalogue'", onService),
      report("system 'bookshop'", onSystem),
      report("environment 'production'", onProduction),
    ]);
  });

  test("reports one waiver on two services by the one where it waives nothing", () => {
    const shared = waiver();
    const definitions = bookshopWorld({ system: { services: [service("catalogue", shared), service("checkout", shared)] } });
    expect(outcome([onCatalogue], definitions)).toEqual({ stands: [idle("service 'bookshop/checkout'")], waived: [onCatalogue.message] });
  });

  test("counts every waiver that covers a finding as used, and names the nearest", () => {
    const [near, far] = [waiver({ reason: "this one" }), waiver({ reason: "the whole system" })];
    expect(applyWaivers([onCatalogue], world({ catalogue: [near], system: [far] }))).toEqual({
      issues: [],
      waived: [{ issue: onCatalogue, waiver: near }],
    });
  });

  test("reports the objects and environments of a waiver where it waives nothing", () => {
    const { environments } = bookshopWorld();
    const waivers = [
      waiver({ objects: ["Deployment/catalogue", "Deployment/catalog"], environments: environments.map(({ definition }) => definition) }),
    ];
    expect(outcome([onCatalogue, inProduction], world({ catalogue: waivers })).stands).toEqual([
      "the waiver of 'secret-exists' on service 'bookshop/catalogue' names 'Deployment/catalog', where it waives nothing",
      "the waiver of 'secret-exists' on service 'bookshop/catalogue' names 'staging', where it waives nothing",
    ]);
  });
});
