import { organization } from "../environments/organization.ts";
import { defineTeam } from "../lib/definition/team.ts";

const owners = (name: string): string[] => [`@${organization.name}/${name}`];

export const shopTeam = defineTeam({ name: "shop-team", codeOwners: owners("shop-team"), alerts: { slackChannel: "shop-alerts" } });

export const inventoryTeam = defineTeam({
  name: "inventory-team",
  codeOwners: owners("inventory-team"),
  alerts: { slackChannel: "inventory-alerts" },
});

export const mlTeam = defineTeam({ name: "ml-team", codeOwners: owners("ml-team"), alerts: { slackChannel: "ml-alerts" } });

export const platformTeam = defineTeam({
  name: "platform-team",
  codeOwners: owners("platform-team"),
  alerts: { slackChannel: "platform-alerts", pagerDutyService: "platform" },
});

/** On call for production; the only ones who may start a sync there. */
export const sre = defineTeam({ name: "sre", codeOwners: owners("sre"), alerts: { slackChannel: "sre", pagerDutyService: "production" } });
