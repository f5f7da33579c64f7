import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import { applicationMetadata, applicationSpec, type ApplicationTemplateProps } from "./application.ts";
import type { Generator } from "./generator.ts";
import { applicationProtection } from "./protection.ts";
import { type RollingSyncStep, rollingSyncStrategy } from "./rolling-sync.ts";

/** What an author says of an ApplicationSet. */
export interface ApplicationSetProps {
  readonly name: string;
  /** Argo CD's. @default "argocd" */
  readonly namespace?: string;
  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Beside the protection, which always stands. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly generators: readonly [Generator, ...Generator[]];
  /** The Application to make; any text in it may be a Go template. */
  readonly template: Omit<ApplicationTemplateProps, "argocdVersion">;
  /** A Go template of YAML that is laid over each Application: for what is not text, such as the sync policy. @default none */
  readonly templatePatch?: string;
  /** @default every Application is synced as its own policy says */
  readonly rollingSync?: readonly RollingSyncStep[];
  /** The targeted Argo CD version: fields that it does not know are refused. */
  readonly argocdVersion: string;
}

/**
 * Makes Applications from a template, and never deletes one: what disappears from the generator stays, with everything it deployed, until somebody
 * removes it. `expandApplicationSet` shows what it will make.
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/
 */
export class ApplicationSet extends Construct {
  constructor(scope: Construct, id: string, props: ApplicationSetProps) {
    super(scope, id);
    const { name, namespace = "argocd", labels, annotations, generators, templatePatch, rollingSync } = props;
    new ApiObject(this, "application-set", {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "ApplicationSet",
      metadata: { name, namespace, labels, annotations: { ...annotations, ...applicationProtection } },
      spec: {
        goTemplate: true,
        goTemplateOptions: ["missingkey=error"],
        generators: generators.map((generator) => generator.toJson()),
        template: applicationTemplate(props),
        ...(templatePatch !== undefined && { templatePatch }),
        syncPolicy: { applicationsSync: "create-update", preserveResourcesOnDeletion: true },
        ...(rollingSync !== undefined && { strategy: rollingSyncStrategy(rollingSync) }),
      },
    });
  }
}

/** An Application before its text is filled in: `spec.template` of an ApplicationSet. */
export interface ApplicationTemplate {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: ReturnType<typeof applicationSpec>;
}

/**
 * `spec.template` of an ApplicationSet. It has no finalizer: the controller adds none either, because resources are preserved on deletion.
 *
 * @throws UserError as `applicationSpec`
 */
export function applicationTemplate({
  template,
  argocdVersion,
}: Pick<ApplicationSetProps, "template" | "argocdVersion">): ApplicationTemplate {
  const { labels, annotations } = applicationMetadata(template);
  return {
    metadata: {
      name: template.name,
      ...(Object.keys(labels).length > 0 && { labels }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: applicationSpec({ ...template, argocdVersion }),
  };
}
