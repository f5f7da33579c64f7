import { production } from "../../environments/production/environment.ts";
import { defineService } from "../../lib/definition/service.ts";
import { waive } from "../../lib/definition/waiver.ts";
import { EnvVar } from "../../lib/workload/env-var.ts";
import { Probe } from "../../lib/workload/probe.ts";
import { StatefulService } from "../../lib/workload/stateful-service.ts";
import { Volume } from "../../lib/workload/volume.ts";

/** The database that the system's services share; there before the migration and the services. */
export const postgresql = defineService({
  name: "postgresql",
  construct: StatefulService,
  syncWave: -1,
  props: {
    ports: { postgresql: 5432 },
    env: {
      PGDATA: "/var/lib/postgresql/data/pgdata",
      POSTGRES_DB: "inventory",
      POSTGRES_USER: "inventory",
      POSTGRES_PASSWORD: EnvVar.secretKey("postgresql-credentials", "password"),
    },
    claims: { data: { storage: "20Gi", mountPath: "/var/lib/postgresql/data" } },
    replicas: 1,
    resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { memory: "1Gi" } },
    readinessProbe: Probe.exec(["pg_isready", "--username", "inventory"]),
    livenessProbe: Probe.tcpSocket({ initialDelaySeconds: 30 }),
    runAsUser: 999,
    runAsGroup: 999,
    fsGroup: 999,
    volumes: { run: Volume.emptyDir(), tmp: Volume.emptyDir() },
    volumeMounts: { "/tmp": "tmp", "/var/run/postgresql": "run" },
    terminationGracePeriodSeconds: 60,
    // a database is restarted by people: its password changes in it first
    restartOnSecretChange: false,
  },
  waivers: [
    waive("single-replica", {
      reason: "one instance on purpose: replication and backup are later work",
      until: "2027-12-31",
      environments: [production],
    }),
  ],
});
