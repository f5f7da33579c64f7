import { EnvVar } from "../../lib/workload/env-var.ts";

/** How every program of the system reaches the database. */
export const databaseAccess = {
  DATABASE_HOST: "postgresql",
  DATABASE_NAME: "inventory",
  DATABASE_USER: "inventory",
  DATABASE_PASSWORD: EnvVar.secretKey("postgresql-credentials", "password"),
};
