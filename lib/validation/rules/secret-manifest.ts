import { entriesOf } from "../../manifest/entries-of.ts";
import { groupKind, objectName, type KubernetesObject, type Manifest } from "../../manifest/manifest.ts";
import { missingCiphertext, sealedCiphertextProblem } from "../../manifest/sealed-ciphertext.ts";
import type { Finding, Rule } from "../rule.ts";

/** What the author does instead: in the words of definitions, and of plain manifests. */
const wayOut = {
  definitions: {
    instead: "say where it comes from under namespace.externalSecrets of the system, or seal it under namespace.sealedSecrets",
    seal: "`keelson seal`",
  },
  manifests: { instead: "let an ExternalSecret or a SealedSecret make it", seal: "`kubeseal`" },
} as const;

/** A resource of the SOPS operator. @see https://github.com/isindir/sops-secrets-operator */
const sopsSecret = "isindir.github.com/SopsSecret";

/** What is in a Secret is in the clear, base 64 or not; what SOPS encrypted Argo CD would apply as it stands, ciphertext for passwords. */
export const secretManifest: Rule = {
  id: "secret-manifest",
  severity: "error",
  subject: "secrets",
  title: "No Secret with data is rendered, encrypted by SOPS or not; ExternalSecrets, SealedSecrets and SopsSecrets make them.",
  reason: "A Secret's data is in the clear, and Argo CD applies what SOPS encrypted as it stands, ciphertext in place of passwords.",
  fix: "Say where the Secret comes from under namespace.externalSecrets, or seal it under namespace.sealedSecrets.",
  needs: "manifests",
  check(facts) {
    const { instead, seal } = wayOut[facts.definitions === undefined ? "manifests" : "definitions"];
    const findings: Finding[] = [];
    for (const manifest of facts.manifests)
      if ("sops" in manifest.document) add(findings, manifest, sopsFinding(manifest.document, instead));
    for (const manifest of facts.ofKind("Secret")) add(findings, manifest, secretFinding(manifest.document, instead));
    for (const kind of ["List", "SecretList"]) {
      for (const manifest of facts.ofKind(kind)) add(findings, manifest, listFinding(manifest.document, instead));
    }
    for (const manifest of facts.ofKind(sopsSecret)) add(findings, manifest, openSopsFinding(manifest.document));
    for (const manifest of facts.ofKind("bitnami.com/SealedSecret")) add(findings, manifest, openSealFinding(manifest.document, seal));
    return findings;
  },
};

type Found = Pick<Finding, "message" | "hint"> | undefined;

function add(findings: Finding[], manifest: Manifest, found: Found): void {
  if (found !== undefined) findings.push({ ...found, manifest });
}

function sopsFinding(document: KubernetesObject, instead: string): Found {
  if (groupKind(document) === sopsSecret) return undefined;
  return {
    message: `${objectName(document)} is encrypted by SOPS, which Argo CD does not decrypt`,
    hint: `encrypt a SopsSecret for the SOPS operator, or ${instead}`,
  };
}

/** Without data it tells nobody anything: somebody else fills it. A token's is another rule's. */
function secretFinding(document: KubernetesObject, instead: string): Found {
  if ("sops" in document || (!holdsKeys(document.data) && !holdsKeys(document.stringData))) return undefined;
  return { message: `${objectName(document)} holds its data in the clear`, hint: instead };
}

function listFinding(document: KubernetesObject, instead: string): Found {
  const items = entriesOf(document.items as readonly Partial<KubernetesObject>[] | undefined);
  const secrets = items.filter(
    (item) => (document.kind === "SecretList" || item.kind === "Secret") && (holdsKeys(item.data) || holdsKeys(item.stringData)),
  );
  if (secrets.length === 0) return undefined;
  return {
    message: `${objectName(document)} holds ${secrets.length} ${secrets.length === 1 ? "Secret" : "Secrets"} in the clear`,
    hint: instead,
  };
}

function openSopsFinding(document: KubernetesObject): Found {
  if ("sops" in document) return undefined;
  return { message: `${objectName(document)} is not encrypted`, hint: "run `sops encrypt --in-place` on it, see docs/secrets.md" };
}

function openSealFinding(document: KubernetesObject, seal: string): Found {
  const { encryptedData } = (document.spec ?? {}) as { readonly encryptedData?: Readonly<Record<string, unknown>> };
  for (const [key, value] of Object.entries(encryptedData ?? {})) {
    const problem = typeof value === "string" ? sealedCiphertextProblem(value) : "is no text";
    if (problem === undefined || value === missingCiphertext) continue;
    return {
      message: `${objectName(document)} has the key '${key}', whose ciphertext ${problem}`,
      hint: `seal it again by ${seal}; what stood there in the clear must be replaced where it was issued`,
    };
  }
  return undefined;
}

function holdsKeys(map: unknown): boolean {
  return typeof map === "object" && map !== null && Object.keys(map).length > 0;
}
