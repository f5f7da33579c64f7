/** What is said once for the whole company. */
export interface OrganizationDefinition {
  /** Its name at the Git host. */
  readonly name: string;
  /** The DNS domain that every public host ends in. */
  readonly domain: string;
  /** The image registry of every system that names no other: `ghcr.io/acme`. */
  readonly registry: string;
}

/** Defines the organization. */
export function defineOrganization(props: OrganizationDefinition): OrganizationDefinition {
  return props;
}
