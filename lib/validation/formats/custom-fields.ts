import type { FieldTable } from "./field-table.ts";
import { atLeast } from "./numbers.ts";
import { notEmpty } from "./shapes.ts";
import { goDuration, secondsOrDuration, timeZone, windowSchedule } from "./times.ts";

const applicationSpec: FieldTable = {
  "syncPolicy.retry.backoff": { duration: secondsOrDuration, maxDuration: secondsOrDuration, factor: atLeast(1) },
  sources: notEmpty,
};

/** Fields of custom resources that their schema calls a string, and that only the operator reads: nobody else would say that they are wrong. */
export const customFields: Readonly<Record<string, FieldTable>> = {
  "argoproj.io/Application": { spec: applicationSpec },
  "argoproj.io/ApplicationSet": { "spec.template.spec": applicationSpec },
  "argoproj.io/AppProject": { "spec.syncWindows[]": { schedule: windowSchedule, duration: goDuration, timeZone } },
  "external-secrets.io/ExternalSecret": { "spec.refreshInterval": goDuration },
  "external-secrets.io/ClusterExternalSecret": { "spec.refreshTime": goDuration, "spec.externalSecretSpec.refreshInterval": goDuration },
  "external-secrets.io/PushSecret": { "spec.refreshInterval": goDuration },
};
