import { parse } from "yaml";
import type { Io } from "../../lib/cli/io.ts";
import type { LiveObject } from "../../lib/cluster/kubernetes-api.ts";
import { bookshopFiles } from "../fixtures/bookshop/render.ts";
import { FakeCluster } from "./fake-cluster.ts";

/** How the Argo CD of a story behaves; times in milliseconds. */
interface Behaviour {
  /** From the damage to OutOfSync. */
  readonly notices?: number;
  /** From the self-heal to available Pods. @default 800 */
  readonly starts?: number;
  /** From the self-heal to the end of its operation. @default 0 */
  readonly runs?: number;
  /** From the self-heal to Synced. @default 0 */
  readonly compares?: number;
  /** Who restores it: Argo CD itself with its back-off, a person, or nobody. @default "argocd" */
  readonly healer?: "argocd" | "person" | "nobody";
}

/** The bookshop's storefront in dev on a cluster in memory, with an Argo CD that heals it as time goes. */
export class DriftWorld {
  readonly cluster: FakeCluster;
  /** Times at which something is to happen, and what. */
  readonly events: { readonly at: number; readonly act: () => void }[] = [];
  now = Date.parse("2026-04-01T09:00:00Z");
  attempts = 0;
  revision = "c1";
  readonly #behaviour: Required<Behaviour>;
  readonly #wanted: LiveObject;
  #finishedAt = this.now - 3_600_000;
  #damagedAt: number | undefined;
  #readyAt = 0;
  #syncedAt = 0;
  #operations = 0;
  #byPerson = false;

  constructor(behaviour: Behaviour = {}) {
    this.#behaviour = { notices: 400, starts: 800, runs: 0, compares: 0, healer: "argocd", ...behaviour };
    const deployment = rendered("dev/eu/bookshop/storefront/deployment-storefront.yaml");
    this.#wanted = { ...deployment, metadata: { ...deployment.metadata, uid: "uid-0" } };
    this.cluster = new FakeCluster({ objects: [rendered("argocd/central/dev/applications/bookshop-storefront-dev.yaml"), this.#wanted] });
    this.update();
  }

  /** What a command is handed of this world. */
  get surroundings(): Pick<Io, "now" | "sleep" | "connect"> {
    return {
      now: () => new Date(this.now),
      sleep: (milliseconds) => {
        this.pass(milliseconds);
        return Promise.resolve();
      },
      connect: () => Promise.resolve(this.cluster),
    };
  }

  /** Time goes by, and the controllers work. */
  pass(milliseconds: number): void {
    for (const end = this.now + milliseconds; this.now < end; ) {
      this.now += Math.min(50, end - this.now);
      for (const event of this.events.filter(({ at }) => at <= this.now)) {
        this.events.splice(this.events.indexOf(event), 1);
        event.act();
      }
      this.update();
    }
  }

  /** A commit that changes the storefront was pushed and synced. */
  commit(revision: string): void {
    this.revision = revision;
    this.attempts = 0;
    this.#operations++;
    this.#finishedAt = this.now;
  }

  private update(): void {
    const live = this.cluster.objects.find(({ kind }) => kind === "Deployment");
    const drifted = live === undefined || drift(live) !== drift(this.#wanted);
    if (drifted) this.#damagedAt ??= this.now;
    const noticed = this.#damagedAt !== undefined && this.now - this.#damagedAt >= this.#behaviour.notices;
    if (noticed && this.now >= this.#finishedAt + this.#delay() && this.#behaviour.healer !== "nobody") this.#heal(live);
    this.cluster.objects = this.cluster.objects.map((object) => {
      if (object.kind === "Deployment") return { ...object, status: this.#deploymentStatus(object) };
      return object.kind === "Application"
        ? { ...object, status: this.#applicationStatus(noticed && this.#damagedAt !== undefined) }
        : object;
    });
  }

  #delay(): number {
    return this.attempts === 0 ? 0 : Math.min(300, 2 * 3 ** (this.attempts - 1)) * 1000;
  }

  #heal(live: LiveObject | undefined): void {
    this.#byPerson = this.#behaviour.healer === "person";
    const uid = live?.metadata.uid ?? `uid-${this.#operations + 1}`;
    const restored = { ...this.#wanted, metadata: { ...this.#wanted.metadata, uid, generation: this.#operations + 2 } };
    this.cluster.objects = [...this.cluster.objects.filter(({ kind }) => kind !== "Deployment"), restored];
    this.#damagedAt = undefined;
    this.#readyAt = this.now + this.#behaviour.starts;
    this.#syncedAt = this.now + this.#behaviour.compares;
    if (this.#byPerson) return;
    this.attempts++;
    this.#operations++;
    this.#finishedAt = this.now + this.#behaviour.runs;
  }

  #deploymentStatus({ metadata, spec }: LiveObject): object {
    const replicas = (spec as { replicas: number }).replicas;
    const available = this.now >= this.#readyAt ? replicas : 0;
    const generation = (metadata as { generation?: number }).generation ?? 1;
    return { observedGeneration: generation, replicas, updatedReplicas: replicas, availableReplicas: available };
  }

  #applicationStatus(drifted: boolean): object {
    const time = (at: number): string => new Date(at).toISOString().replace(/\.\d+/, "");
    return {
      sync: { status: drifted || this.now < this.#syncedAt ? "OutOfSync" : "Synced", revision: this.revision },
      health: { status: this.now >= this.#readyAt ? "Healthy" : "Progressing" },
      operationState: {
        phase: this.now < this.#finishedAt ? "Running" : "Succeeded",
        startedAt: time(this.#finishedAt - this.#operations),
        ...(this.now >= this.#finishedAt && { finishedAt: time(this.#finishedAt) }),
        operation: { initiatedBy: { automated: true }, sync: { ...(this.attempts > 0 && { autoHealAttemptsCount: this.attempts }) } },
        syncResult: { revision: this.revision },
      },
    };
  }
}

let files: ReadonlyMap<string, string> | undefined;

function rendered(path: string): LiveObject {
  files ??= bookshopFiles();
  return parse(files.get(path) ?? "") as LiveObject;
}

/** What Argo CD compares. */
function drift({ metadata, spec }: LiveObject): string {
  return JSON.stringify([metadata.labels, spec]);
}
