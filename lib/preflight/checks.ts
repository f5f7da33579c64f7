import type { Check } from "./check.ts";
import { adoption } from "./checks/adoption.ts";
import { apiServer } from "./checks/api-server.ts";
import { argocdVersion } from "./checks/argocd-version.ts";
import { committed } from "./checks/committed.ts";
import { customResources } from "./checks/custom-resources.ts";
import { defaultProject } from "./checks/default-project.ts";
import { exampleImages } from "./checks/example-images.ts";
import { externalSecretsVersion } from "./checks/external-secrets-version.ts";
import { firstSync } from "./checks/first-sync.ts";
import { generatedFiles } from "./checks/generated-files.ts";
import { helmReleases } from "./checks/helm-releases.ts";
import { immutableFields } from "./checks/immutable-fields.ts";
import { initialAdminSecret } from "./checks/initial-admin-secret.ts";
import { kubernetesVersion } from "./checks/kubernetes-version.ts";
import { placeholders } from "./checks/placeholders.ts";
import { pushed } from "./checks/pushed.ts";
import { repositoryCredentials } from "./checks/repository-credentials.ts";
import { rollbackRehearsed } from "./checks/rollback-rehearsed.ts";
import { rootApplication } from "./checks/root-application.ts";

/** Every check, in the order of a go-live. */
export const checks: readonly Check[] = [
  placeholders,
  exampleImages,
  generatedFiles,
  committed,
  pushed,
  apiServer,
  kubernetesVersion,
  argocdVersion,
  customResources,
  externalSecretsVersion,
  immutableFields,
  adoption,
  defaultProject,
  helmReleases,
  repositoryCredentials,
  rootApplication,
  initialAdminSecret,
  firstSync,
  rollbackRehearsed,
];
