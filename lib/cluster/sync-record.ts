import { UserError } from "../errors/user-error.ts";
import type { ApplicationReport } from "./application-report.ts";
import { Fields } from "./fields.ts";
import { parseJson } from "./parse-json.ts";

/** One line of a record of syncs: who synced what, and when. */
export interface SyncRecord {
  readonly application: string;
  /** With the id, what tells one sync from every other. */
  readonly uid: string;
  readonly id: number;
  readonly system?: string | undefined;
  readonly environment?: string | undefined;
  /** The commit. */
  readonly revision?: string | undefined;
  /** When the sync began; RFC 3339. */
  readonly startedAt?: string | undefined;
  /** When it ended; RFC 3339. */
  readonly deployedAt: string;
  /** A user of Argo CD; absent where Argo CD did not say. */
  readonly by?: string | undefined;
  readonly automated: boolean;
  /** The kubeconfig's context. */
  readonly context: string;
}

/**
 * The syncs that a record does not have yet, oldest first.
 *
 * @param recorded - the record's text: one JSON object a line
 * @param file - the record's name, for the error
 * @throws UserError when a line of the record is not one that Keelson wrote
 */
export function newSyncRecords(recorded: string, file: string, applications: readonly ApplicationReport[], context: string): SyncRecord[] {
  const known = new Set(
    recorded.split("\n").flatMap((line, index) => (line.trim() === "" ? [] : [identityIn(line, `${file}:${index + 1}`)])),
  );
  const times = ({ deployedAt, application, id }: SyncRecord): string => `${deployedAt} ${application} ${String(id).padStart(9, "0")}`;
  return applications
    .flatMap((application) => recordsOf(application, context))
    .filter((record) => !known.has(identity(record.uid, record.id)))
    .sort((a, b) => (times(a) < times(b) ? -1 : 1));
}

function recordsOf({ name, system, environment, live }: ApplicationReport, context: string): SyncRecord[] {
  return (live?.history ?? []).flatMap(({ id, revision, deployStartedAt, deployedAt, username, automated }) => {
    if (live?.uid === undefined || deployedAt === undefined) return [];
    const when = { startedAt: deployStartedAt, deployedAt };
    return [{ application: name, uid: live.uid, id, system, environment, revision, ...when, by: username, automated, context }];
  });
}

function identityIn(line: string, place: string): string {
  const record = new Fields(parseJson(line));
  const [uid, id] = [record.text("uid"), record.count("id")];
  if (uid !== undefined && id !== undefined) return identity(uid, id);
  throw new UserError(`the line '${place}' is not a record of a sync`, { hint: "mend or remove that line; nothing was written" });
}

function identity(uid: string, id: number): string {
  return `${uid} ${id}`;
}
