import { textsOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import type { ContainerSecurityContext, SecuredContainer, SecuredPod } from "../../manifest/secured-pod.ts";

type Context = Partial<ContainerSecurityContext> & { readonly readOnlyRootFilesystem?: boolean };

/** Something that holds a container back: what it says itself, over what its Pod says for all. */
const restraints: readonly { readonly name: string; readonly holds: (own: Context, pod: Context) => boolean }[] = [
  { name: "runAsNonRoot", holds: (own, pod) => (own.runAsNonRoot ?? pod.runAsNonRoot) === true },
  { name: "a user other than root", holds: (own, pod) => (own.runAsUser ?? pod.runAsUser) !== 0 },
  { name: "readOnlyRootFilesystem", holds: (own) => own.readOnlyRootFilesystem === true },
  { name: "allowPrivilegeEscalation: false", holds: (own) => own.allowPrivilegeEscalation === false },
  { name: "capabilities.drop: ALL", holds: (own) => textsOf(fieldsOf(own.capabilities).drop).includes("ALL") },
  { name: "privileged: false", holds: (own) => own.privileged !== true },
  { name: "a seccompProfile", holds: (own, pod) => isConfined(fieldsOf(own.seccompProfile ?? pod.seccompProfile).type) },
];

const shared = ["hostNetwork", "hostPID", "hostIPC"] as const;

/** The restraints that a container has there and not here, and the capabilities that it has here only. */
export function lostRestraints(pod: SecuredPod, container: SecuredContainer, otherPod: SecuredPod, other: SecuredContainer): string[] {
  const [own, theirs] = [contextOf(container), contextOf(other)];
  const [around, aroundTheirs] = [contextOf(pod.spec), contextOf(otherPod.spec)];
  const lost = restraints.filter(({ holds }) => holds(theirs, aroundTheirs) && !holds(own, around)).map(({ name }) => `without ${name}`);
  const known = textsOf(fieldsOf(theirs.capabilities).add);
  const added = textsOf(fieldsOf(own.capabilities).add).filter((capability) => !known.includes(capability));
  return [...lost, ...added.map((capability) => `with the capability ${capability}`)];
}

/** What Pods share with their node here only. */
export function sharedWithNode(pod: SecuredPod, other: SecuredPod): string[] {
  return shared.filter((field) => pod.spec[field] === true && other.spec[field] !== true);
}

function isConfined(profile: string | undefined): boolean {
  return profile === "RuntimeDefault" || profile === "Localhost";
}

function contextOf({ securityContext }: { readonly securityContext?: object }): Context {
  return fieldsOf(securityContext as Context | undefined);
}
