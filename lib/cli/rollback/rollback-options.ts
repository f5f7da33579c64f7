import type { OutputFormat } from "../common-options.ts";
import type { AttributionOptions, LandingOptions } from "../landing/landing-options.ts";

/** What `keelson rollback` takes. */
export interface RollbackOptions extends LandingOptions, AttributionOptions {
  readonly environment: string;
  /** `<commit|tag|date|<n>-steps>`. @default the last good state */
  readonly to?: string;
  /** Only show what there is to go back to. */
  readonly list?: boolean;
  readonly dryRun?: boolean;
  /** A file of observations. */
  readonly evidence?: string;
  readonly context?: string;
  readonly kubeconfig?: string;
  /** Take configuration back too. */
  readonly includeConfig?: boolean;
  /** Let others change with it. */
  readonly allowOthers?: boolean;
  readonly reason?: string;
  /** `--no-hold` gives `false`. */
  readonly hold: boolean;
  /** RFC 3339. @default 72 hours from now */
  readonly holdUntil?: string;
  readonly ifDegraded?: boolean;
  readonly allowProduction?: boolean;
  readonly output: OutputFormat;
}
