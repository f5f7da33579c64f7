import { entriesOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { objectName, type KubernetesObject, type Manifest } from "../../manifest/manifest.ts";
import { clusterOf, placeIn, type RepositoryFacts, type WorkloadFact } from "../../manifest/repository-facts.ts";
import { roleBindings, subjectsOf } from "../../manifest/role-binding.ts";
import { securedPod, type SecuredPodSpec } from "../../manifest/secured-pod.ts";
import type { Finding, Rule } from "../rule.ts";

/** What Pods run as that name no account. */
const givenAccount = "default";

/** What the API server itself is called in tokens; a token for anybody else opens nothing there. */
const apiServer = "https://kubernetes.default.svc";

const tokenSecret = "kubernetes.io/service-account-token";

/** What a ServiceAccount says of its token. */
interface AccountFields {
  readonly automountServiceAccountToken?: boolean;
}

interface TokenVolume {
  readonly projected?: { readonly sources?: readonly { readonly serviceAccountToken?: { readonly audience?: string } }[] };
}

/** Whoever takes a Pod over has its token, and asks the API server with it from then on. */
export const serviceAccountToken: Rule = {
  id: "service-account-token",
  severity: "error",
  subject: "security",
  title: "No Pod has a token of the API server that it has no use for, and no token is kept in a Secret.",
  reason: "Whoever takes a Pod over has its token, and asks the API server with it from then on.",
  fix: "Leave automountToken of the service's serviceAccount out, or render the RoleBinding that the token is for.",
  needs: "manifests",
  check(facts) {
    const mayUse = boundAccounts(facts);
    return [
      ...facts.workloads.filter(({ place }) => facts.declares(place)).flatMap((workload) => needlessToken(facts, workload, mayUse)),
      ...facts.ofKind("Secret").filter(isTokenSecret).map(keptToken),
    ];
  },
};

function needlessToken(facts: RepositoryFacts, { manifest, place, template }: WorkloadFact, mayUse: MayUse): Finding[] {
  const { spec } = securedPod(template);
  const account = spec.serviceAccountName ?? givenAccount;
  if (!takesToken(facts, place, spec, account) || mayUse(manifest, account)) return [];
  return [
    {
      message: `${objectName(manifest.document)} takes a token of the API server as ServiceAccount '${account}', to which no RoleBinding gives a right`,
      hint: "write automountServiceAccountToken: false, on the Pod or on the ServiceAccount",
      manifest,
    },
  ];
}

/** As the API server decides it: the Pod's word goes over its account's, and without a word there is a token. */
function takesToken(facts: RepositoryFacts, place: string, spec: SecuredPodSpec, account: string): boolean {
  if (entriesOf(spec.volumes).some((volume) => projectsToken(volume as TokenVolume))) return true;
  if (spec.automountServiceAccountToken !== undefined) return spec.automountServiceAccountToken;
  const found: (KubernetesObject & AccountFields) | undefined = facts.find(place, "ServiceAccount", account)?.document;
  // an account that nothing makes is another rule's finding
  return found === undefined ? account === givenAccount : found.automountServiceAccountToken !== false;
}

function projectsToken({ projected }: TokenVolume): boolean {
  return entriesOf(projected?.sources).some(
    ({ serviceAccountToken: token }) => token !== undefined && (token.audience ?? apiServer).startsWith(apiServer),
  );
}

type MayUse = (workload: Manifest, account: string) => boolean;

/** Which accounts some binding gives a right to, by themselves or as all accounts of a namespace or cluster. */
function boundAccounts(facts: RepositoryFacts): MayUse {
  const accounts = new Map<string, Set<string>>();
  const groups = new Set<string>();
  for (const binding of roleBindings(facts)) {
    for (const { kind, name = "", namespace = binding.document.metadata.namespace } of subjectsOf(binding)) {
      if (kind === "Group") groups.add(`${clusterOf(binding.owner)} ${name}`);
      if (kind !== "ServiceAccount") continue;
      const place = placeIn(binding.owner, namespace);
      accounts.set(place, (accounts.get(place) ?? new Set()).add(name));
    }
  }
  return ({ owner, document }, account) => {
    const namespace = document.metadata.namespace ?? "";
    return (
      accounts.get(placeIn(owner, namespace))?.has(account) === true ||
      groups.has(`${clusterOf(owner)} system:serviceaccounts`) ||
      groups.has(`${clusterOf(owner)} system:serviceaccounts:${namespace}`)
    );
  };
}

function isTokenSecret({ document }: Manifest): boolean {
  return document.type === tokenSecret;
}

function keptToken(manifest: Manifest): Finding {
  const { annotations } = manifest.document.metadata;
  const account = fieldsOf(annotations)["kubernetes.io/service-account.name"] ?? "";
  return {
    message: `${objectName(manifest.document)} keeps a token of ServiceAccount '${account}' that never ends`,
    hint: "mount a projected token, which ends with its Pod; or let whoever needs one ask for it by 'kubectl create token'",
    manifest,
  };
}
