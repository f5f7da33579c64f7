import { UserError } from "../errors/user-error.ts";
import { requireGoDuration } from "./go-duration.ts";
import { Value } from "./value.ts";

/** What an author says of a window. */
export interface SyncWindowProps {
  /** Five cron fields; no `@daily` and the like. */
  readonly schedule: string;
  /** A Go duration: `7h`, `336h`. */
  readonly duration: string;
  /** IANA name. @default "UTC" */
  readonly timeZone?: string;
  /** Whether a sync started by hand passes all the same. @default true, so that a rollback at night stays possible */
  readonly manualSync?: boolean;
  /** Lets a sync that began in time run on after the window's end; Argo CD 3.5 or later. @default Argo CD's own: false */
  readonly syncOverrun?: boolean;
  /** Shown in the UI. */
  readonly description?: string;
}

/**
 * When Argo CD may or may not sync the Applications of a system in an environment.
 * An allow window stops everything outside of it, self-heal included.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync_windows/
 */
export class SyncWindow extends Value {
  readonly kind: "allow" | "deny";
  readonly props: SyncWindowProps & Required<Pick<SyncWindowProps, "timeZone" | "manualSync">>;

  private constructor(kind: "allow" | "deny", props: SyncWindowProps) {
    super();
    if (props.schedule.startsWith("@") || props.schedule.trim().split(/\s+/).length !== 5) {
      throw new UserError(`the sync window's schedule '${props.schedule}' is not five cron fields`, {
        hint: "write minute, hour, day, month and weekday, for example '0 9 * * 1-4'",
      });
    }
    requireGoDuration("sync window's duration", props.duration);
    this.kind = kind;
    this.props = { ...props, timeZone: props.timeZone ?? "UTC", manualSync: props.manualSync ?? true };
  }

  /** Syncs run inside the window only. */
  static allow(props: SyncWindowProps): SyncWindow {
    return new SyncWindow("allow", props);
  }

  /** No sync runs inside the window. */
  static deny(props: SyncWindowProps): SyncWindow {
    return new SyncWindow("deny", props);
  }
}
