import { label } from "../manifest/labels.ts";

/** The labels of what delivers a system: its AppProjects, Applications and ApplicationSet. */
export function deliveryLabels(
  system: { readonly name: string; readonly team: { readonly name: string } },
  environment?: string,
): Record<string, string> {
  return {
    [label.partOf]: system.name,
    [label.managedBy]: "keelson",
    ...(environment !== undefined && { [label.environment]: environment }),
    [label.team]: system.team.name,
  };
}
