import { entriesOf, textsOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { clusterOf } from "../../manifest/repository-facts.ts";
import { asWarning } from "../as-warning.ts";
import type { Finding, Rule } from "../rule.ts";

/** A host and path that an object answers for in public. */
interface Claim {
  readonly host: string;
  readonly path: string;
  /** What else a request must have, so that it comes here: nothing, as a rule. */
  readonly condition: string;
  /** Who brings the requests: a class of Ingress, a Gateway, the Pods of a gateway. */
  readonly entry: string;
  /** Of an entry with several, the listener or port: one may well only lead on to another. */
  readonly door: string;
}

interface IngressSpec {
  readonly ingressClassName?: string;
  readonly rules?: readonly {
    readonly host?: string;
    readonly http?: { readonly paths?: readonly { readonly path?: string; readonly pathType?: string }[] };
  }[];
}

interface HttpRouteSpec {
  readonly hostnames?: readonly string[];
  readonly parentRefs?: readonly {
    readonly namespace?: string;
    readonly name?: string;
    readonly sectionName?: string;
    readonly port?: number;
  }[];
  readonly rules?: readonly { readonly matches?: readonly RouteMatch[] }[];
}

interface RouteMatch {
  readonly path?: { readonly type?: string; readonly value?: string };
  readonly method?: string;
  readonly headers?: readonly object[];
  readonly queryParams?: readonly object[];
}

interface IstioGatewaySpec {
  readonly selector?: object;
  readonly servers?: readonly { readonly port?: { readonly number?: number }; readonly hosts?: readonly string[] }[];
}

/** Ingresses that share host and path with another on purpose. @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#canary */
const canary = "nginx.ingress.kubernetes.io/canary";
/** What named the class before there was a field for it. */
const classAnnotation = "kubernetes.io/ingress.class";

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
    const first = new Map<string, Map<string, { readonly manifest: Manifest; readonly claim: Claim }>>();
    const findings = new Map<string, Finding>();
    const claims = [
      ...facts.ofKind("networking.k8s.io/Ingress").map((manifest) => ({ manifest, claimed: ingressClaims(manifest) })),
      ...facts.ofKind("gateway.networking.k8s.io/HTTPRoute").map((manifest) => ({ manifest, claimed: routeClaims(manifest) })),
      ...facts.ofKind("networking.istio.io/Gateway").map((manifest) => ({ manifest, claimed: gatewayClaims(manifest) })),
    ];
    for (const { manifest, claimed } of claims) {
      for (const claim of claimed) {
        const key = `${clusterOf(manifest.owner)} ${claim.host} ${claim.path} ${claim.condition}`;
        const doors = first.get(key) ?? new Map<string, { readonly manifest: Manifest; readonly claim: Claim }>();
        first.set(key, doors);
        const door = `${claim.entry} ${claim.door}`;
        const same = doors.get(door);
        if (same === undefined) doors.set(door, { manifest, claim });
        const other = same ?? [...doors.values()].find((known) => known.claim.entry !== claim.entry);
        if (other === undefined || other.manifest === manifest) continue;
        const finding = collision(manifest, other.manifest, claim);
        // by two entries both may answer, each whom its own DNS sends there
        if (same !== undefined) findings.set(`${key} ${objectName(manifest.document)}`, finding);
        else if (claim.host !== "*") findings.set(`${key} ${objectName(manifest.document)}`, asWarning(finding));
      }
    }
    return [...findings.values()];
  },
};

function collision(manifest: Manifest, other: Manifest, { host, path }: Claim): Finding {
  return {
    message: `${objectName(manifest.document)} answers for '${host}${path}', as ${objectName(other.document)} does`,
    hint: "give one of the two a host of its own",
    manifest,
  };
}

function ingressClaims({ document }: Manifest): Claim[] {
  const { ingressClassName, rules } = fieldsOf(document.spec as IngressSpec);
  const annotations = document.metadata.annotations ?? {};
  if (annotations[canary] === "true") return [];
  const entry = `class ${ingressClassName ?? annotations[classAnnotation] ?? ""}`;
  return entriesOf(rules).flatMap(({ host, http }) =>
    typeof host === "string"
      ? entriesOf(http?.paths ?? [{}]).map(({ path = "/", pathType }) => ({ host, path, condition: exactly(pathType), entry, door: "" }))
      : [],
  );
}

function exactly(pathType: string | undefined): string {
  return pathType === "Exact" || pathType === "RegularExpression" ? pathType : "";
}

function routeClaims({ document }: Manifest): Claim[] {
  const { hostnames, parentRefs, rules } = fieldsOf(document.spec as HttpRouteSpec);
  const matches = entriesOf(rules).flatMap((rule) => entriesOf<RouteMatch>(rule.matches ?? [{}]));
  const { namespace: own = "" } = document.metadata;
  const parents = entriesOf(parentRefs ?? [{}]).map(({ namespace = own, name = "", sectionName = "", port = "" }) => ({
    entry: `gateway ${namespace}/${name}`,
    door: `${sectionName} ${port}`,
  }));
  return textsOf(hostnames).flatMap((host) =>
    matches.flatMap(({ path, method, headers, queryParams }) => {
      const asked =
        method === undefined && headers === undefined && queryParams === undefined ? "" : JSON.stringify([method, headers, queryParams]);
      return parents.map((parent) => ({ host, path: path?.value ?? "/", condition: `${exactly(path?.type)}${asked}`, ...parent }));
    }),
  );
}

/** Hosts are written `<namespace>/<host>`. */
function gatewayClaims({ document }: Manifest): Claim[] {
  const { selector = {}, servers } = fieldsOf(document.spec as IstioGatewaySpec);
  const entry = `Pods ${JSON.stringify(Object.entries(selector).sort())}`;
  return entriesOf(servers).flatMap(({ port, hosts }) =>
    textsOf(hosts).map((host) => ({
      host: host.slice(host.indexOf("/") + 1),
      path: "/",
      condition: "",
      entry,
      door: String(port?.number ?? ""),
    })),
  );
}
