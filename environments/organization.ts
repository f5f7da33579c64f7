import { defineOrganization } from "../lib/definition/organization.ts";

export const organization = defineOrganization({ name: "acme", domain: "acme.example", registry: "ghcr.io/acme" });
