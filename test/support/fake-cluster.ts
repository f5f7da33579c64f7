import { UserError } from "../../lib/errors/user-error.ts";
import type { AccessQuestion, KubernetesApi, LiveObject, ObjectKind, ObjectReference } from "../../lib/cluster/kubernetes-api.ts";

/** A cluster in memory. */
export class FakeCluster implements KubernetesApi {
  readonly context: string;
  readonly server = "https://cluster.test:6443";
  /** What it holds; change it between requests as the story goes. */
  objects: LiveObject[];
  /** Every request, in order: `list argoproj.io/v1alpha1 Application argocd`, or `get apps/v1 Deployment shop-dev/frontend`. */
  readonly asked: string[] = [];
  /** Every patch that was taken, in order. */
  readonly patches: { readonly reference: ObjectReference; readonly patch: Readonly<Record<string, unknown>> }[] = [];
  readonly #denied: readonly string[];

  /** @param options - `denied`: what the caller may not do, each as `list applications` (verb, resource in the plural) or `Application` (every verb) */
  constructor(options: { readonly context?: string; readonly objects?: readonly LiveObject[]; readonly denied?: readonly string[] } = {}) {
    this.context = options.context ?? "test";
    this.objects = [...(options.objects ?? [])];
    this.#denied = options.denied ?? [];
  }

  version(): Promise<string> {
    return this.#answer("version", undefined, () => "v1.36.3");
  }

  get(reference: ObjectReference): Promise<LiveObject | undefined> {
    return this.#answer("get", reference, () => structuredClone(this.#find(reference)));
  }

  list(
    kind: ObjectKind,
    { namespace, labels = {} }: { readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> } = {},
  ): Promise<LiveObject[]> {
    const place = ({ metadata }: LiveObject): string => `${metadata.namespace ?? ""}/${metadata.name}`;
    return this.#answer("list", { ...kind, ...(namespace !== undefined && { namespace }) }, () =>
      structuredClone(
        this.objects
          .filter((object) => object.apiVersion === kind.apiVersion && object.kind === kind.kind)
          .filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace)
          .filter(({ metadata }) => Object.entries(labels).every(([key, value]) => metadata.labels?.[key] === value))
          .sort((a, b) => (place(a) < place(b) ? -1 : 1)),
      ),
    );
  }

  patch(reference: ObjectReference, patch: Readonly<Record<string, unknown>>): Promise<LiveObject> {
    return this.#answer("patch", reference, () => {
      const before = this.#find(reference);
      if (before === undefined) throw new Error(`${this.server} answered 404: ${reference.kind} "${reference.name}" not found`);
      this.patches.push({ reference, patch });
      const after = merged(before, patch) as LiveObject;
      this.objects = this.objects.map((object) => (object === before ? after : object));
      return structuredClone(after);
    });
  }

  delete(reference: ObjectReference): Promise<void> {
    return this.#answer("delete", reference, () => {
      const found = this.#find(reference);
      this.objects = this.objects.filter((object) => object !== found);
    });
  }

  may({ verb, resource, namespace }: AccessQuestion): Promise<boolean> {
    this.asked.push(`may ${verb} ${resource}${namespace === undefined ? "" : ` ${namespace}`}`);
    return Promise.resolve(!this.#denied.includes(`${verb} ${resource}`));
  }

  #find({ apiVersion, kind, name, namespace }: ObjectReference): LiveObject | undefined {
    return this.objects.find(
      (object) =>
        object.apiVersion === apiVersion &&
        object.kind === kind &&
        object.metadata.name === name &&
        object.metadata.namespace === namespace,
    );
  }

  /** Takes the request down, refuses it or answers, always later as a real server does. */
  async #answer<T>(verb: string, target: (ObjectKind & { name?: string; namespace?: string }) | undefined, answer: () => T): Promise<T> {
    const place = [target?.namespace, target?.name].filter((part) => part !== undefined).join("/");
    this.asked.push([verb, target?.apiVersion, target?.kind, place].filter((part) => part !== undefined && part !== "").join(" "));
    await Promise.resolve();
    const resource = `${target?.kind.toLowerCase() ?? ""}s`;
    if (this.#denied.includes(`${verb} ${resource}`) || this.#denied.includes(target?.kind ?? ""))
      throw new UserError(`'${this.context}' refuses: ${resource} is forbidden: User "reader" cannot ${verb} resource "${resource}"`, {
        hint: "ask for that permission, or choose another --context",
      });
    return answer();
  }
}

/** RFC 7386. */
function merged(before: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const fields = isRecord(before) ? before : {};
  const changed = Object.entries(patch).filter(([, value]) => value !== null);
  const kept = Object.entries(fields).filter(([key]) => patch[key] !== null);
  return Object.fromEntries([...kept, ...changed.map(([key, value]) => [key, merged(fields[key], value)])]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
