import { organization } from "../../environments/organization.ts";
import { ArgoCdSettings } from "../../lib/argocd/settings.ts";
import { defineService } from "../../lib/definition/service.ts";
import { platformTeam } from "../teams.ts";

/** Argo CD's own settings. */
export const argocd = defineService({
  name: "argocd",
  construct: ArgoCdSettings,
  props: { url: `https://argocd.${organization.domain}`, administrators: [platformTeam.group] },
});
