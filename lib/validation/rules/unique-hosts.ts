import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { clusterOf } from "../../manifest/repository-facts.ts";
import type { Finding, Rule } from "../rule.ts";

/** A host and path that an object answers for in public. */
interface Claim {
  readonly host: string;
  readonly path: string;
}

interface IngressSpec {
  readonly rules?: readonly { readonly host?: string; readonly http?: { readonly paths?: readonly { readonly path?: string }[] } }[];
}

interface HttpRouteSpec {
  readonly hostnames?: readonly string[];
  readonly rules?: readonly { readonly matches?: readonly { readonly path?: { readonly value?: string } }[] }[];
}

interface IstioGatewaySpec {
  readonly servers?: readonly { readonly hosts?: readonly string[] }[];
}

/** Which of two objects answers is for the controller to decide, and mostly the older one does: the newer is dead without an error. */
export const uniqueHosts: Rule = {
  id: "unique-hosts",
  severity: "error",
  subject: "references",
  title: "No two objects answer for the same public host and path on one cluster.",
  reason:
    "Which of two objects answers is for the controller to decide, and mostly the older one does: the newer is dead without an error.",
  fix: "Give one of them another host or path.",
  needs: "manifests",
  check: (facts) => {
    const first = new Map<string, Manifest>();
    const findings = new Map<string, Finding>();
    const claims = [
      ...facts.ofKind("networking.k8s.io/Ingress").map((manifest) => ({ manifest, claimed: ingressClaims(manifest) })),
      ...facts.ofKind("gateway.networking.k8s.io/HTTPRoute").map((manifest) => ({ manifest, claimed: routeClaims(manifest) })),
      ...facts.ofKind("networking.istio.io/Gateway").map((manifest) => ({ manifest, claimed: gatewayClaims(manifest) })),
    ];
    for (const { manifest, claimed } of claims) {
      for (const { host, path } of claimed) {
        const key = `${clusterOf(manifest.owner)} ${host} ${path}`;
        const other = first.get(key);
        if (other === undefined) first.set(key, manifest);
        else if (other !== manifest) findings.set(`${key} ${objectName(manifest.document)}`, collision(manifest, other, host, path));
      }
    }
    return [...findings.values()];
  },
};

function collision(manifest: Manifest, other: Manifest, host: string, path: string): Finding {
  return {
    message: `${objectName(manifest.document)} answers for '${host}${path}', as ${objectName(other.document)} does`,
    hint: "give one of the two a host of its own",
    manifest,
  };
}

function ingressClaims({ document }: Manifest): Claim[] {
  const { rules = [] } = (document.spec ?? {}) as IngressSpec;
  return rules.flatMap(({ host, http }) => (host === undefined ? [] : (http?.paths ?? [{}]).map(({ path = "/" }) => ({ host, path }))));
}

function routeClaims({ document }: Manifest): Claim[] {
  const { hostnames = [], rules = [] } = (document.spec ?? {}) as HttpRouteSpec;
  const paths = rules.flatMap(({ matches }) => (matches ?? [{}]).map(({ path }) => path?.value ?? "/"));
  return hostnames.flatMap((host) => paths.map((path) => ({ host, path })));
}

/** Hosts are written `<namespace>/<host>`. */
function gatewayClaims({ document }: Manifest): Claim[] {
  const { servers = [] } = (document.spec ?? {}) as IstioGatewaySpec;
  const hosts = servers.flatMap((server) => server.hosts ?? []).map((host) => host.slice(host.indexOf("/") + 1));
  return [...new Set(hosts)].map((host) => ({ host, path: "/" }));
}
