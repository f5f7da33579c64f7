import { CallSite } from "./source-location.ts";
import { requireName } from "./name.ts";

/** What an author says of a team. */
export interface TeamProps {
  /** Also the value of the label `keelson.dev/team`. */
  readonly name: string;
  /**
   * The group that the identity provider puts into a member's token.
   * @default the team's name
   */
  readonly group?: string;
  /** Owners in the notation of CODEOWNERS: `@acme/shop-team`. */
  readonly codeOwners: readonly string[];
  /** Where alerts and notifications of the team's systems go. */
  readonly alerts: { readonly slackChannel: string; readonly pagerDutyService?: string };
}

/** The one owner of labels, CODEOWNERS lines, project roles and alert routing. */
export interface TeamDefinition extends Required<TeamProps> {
  readonly callSite: CallSite;
}

/**
 * Defines a team.
 *
 * @throws UserError when the name cannot be used
 */
export function defineTeam(props: TeamProps): TeamDefinition {
  requireName("team", props.name);
  return { ...props, group: props.group ?? props.name, callSite: CallSite.of(defineTeam) };
}
