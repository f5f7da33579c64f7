import { entriesOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { placeIn, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import { servicePorts } from "../../manifest/service-port.ts";
import { missingHint } from "../missing-hint.ts";
import { portList } from "../ports/port-list.ts";
import type { Finding } from "../rule.ts";

/** @see https://gateway-api.sigs.k8s.io/reference/spec/#parentreference */
interface ParentReference {
  readonly group?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly sectionName?: string;
  readonly port?: number;
}

interface Listener {
  readonly name?: string;
  readonly port: number;
  readonly allowedRoutes?: { readonly namespaces?: { readonly from?: string } };
}

/** A parent that is named and declared: see {@link findRouteParents}. */
interface Parent {
  readonly route: Manifest;
  readonly reference: ParentReference;
  /** Where the parent is. */
  readonly namespace: string;
  /** `HTTPRoute bookshop-dev/catalogue is for Gateway 'public'`. */
  readonly says: string;
}

const group = "gateway.networking.k8s.io";
const routeKinds = ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"];

/** Routes of the Gateway API whose Gateway, listener or Service there is not, or whose Gateway does not let them in. */
export function findRouteParents(facts: RepositoryFacts): Finding[] {
  return routeKinds
    .flatMap((kind) => facts.ofKind(`${group}/${kind}`))
    .flatMap((route) => {
      const { parentRefs } = fieldsOf(route.document.spec as { readonly parentRefs?: readonly ParentReference[] } | undefined);
      return entriesOf(parentRefs).flatMap((reference) => parentFinding(facts, route, reference) ?? []);
    });
}

function parentFinding(facts: RepositoryFacts, route: Manifest, reference: ParentReference): Finding | undefined {
  const { group: parentGroup = group, kind = "Gateway", name } = reference;
  const namespace = reference.namespace ?? route.document.metadata.namespace ?? "";
  const known = kind === "Gateway" ? parentGroup === group : kind === "Service" && parentGroup === "";
  const place = placeIn(route.owner, namespace);
  if (!known || typeof name !== "string" || !facts.declares(place)) return undefined;
  const groupKind = kind === "Gateway" ? `${group}/Gateway` : kind;
  const found = facts.find(place, groupKind, name);
  const says = `${objectName(route.document)} is for ${kind} '${name}'`;
  if (found === undefined) {
    const hint = missingHint("say the namespace that it is in", name, facts.namesIn(place, groupKind));
    return { message: `${says}, which nothing makes in '${namespace}'`, hint, manifest: route };
  }
  const parent = { route, reference, namespace, says };
  return kind === "Gateway" ? listenerFinding(parent, found) : portFinding(parent, found);
}

function listenerFinding({ route, reference, namespace, says }: Parent, gateway: Manifest): Finding | undefined {
  const { sectionName, port } = reference;
  const listeners = entriesOf(fieldsOf(gateway.document.spec as { readonly listeners?: readonly Listener[] } | undefined).listeners);
  const meant = listeners.filter(
    (listener) => (sectionName === undefined || listener.name === sectionName) && (port === undefined || listener.port === port),
  );
  if (meant.length === 0) {
    const wanted = [...(sectionName === undefined ? [] : [`'${sectionName}'`]), ...(port === undefined ? [] : [`on port ${port}`])];
    const known = listeners.map((listener) => ({ ...listener, number: listener.port }));
    const message = `${says}, which has no listener${wanted.length === 0 ? "" : ` ${wanted.join(" ")}`}`;
    return { message, hint: known.length === 0 ? "give the Gateway a listener" : portList("its listeners are", known), manifest: route };
  }
  const own = route.document.metadata.namespace === namespace;
  if (meant.some((listener) => lets(listener, own))) return undefined;
  return {
    message: `${says} in '${namespace}', none of whose listeners lets in routes of '${route.document.metadata.namespace ?? ""}'`,
    hint: "say allowedRoutes.namespaces of the listener: it lets in routes of its own namespace only",
    manifest: route,
  };
}

/** Which namespaces a selector takes is the API server's to judge: here it counts as open. */
function lets({ allowedRoutes }: Listener, own: boolean): boolean {
  const { from = "Same" } = fieldsOf(fieldsOf(allowedRoutes).namespaces);
  return from === "All" || from === "Selector" || (from === "Same" && own);
}

function portFinding({ route, reference: { port }, says }: Parent, service: Manifest): Finding | undefined {
  const ports = servicePorts(service.document);
  if (port === undefined || ports.some((known) => known.port === port)) return undefined;
  const hint = portList(
    "the Service has",
    ports.map((known) => ({ ...known, number: known.port })),
  );
  return { message: `${says}, which has no port ${port}`, hint, manifest: route };
}
