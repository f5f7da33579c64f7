import { UserError } from "../errors/user-error.ts";
import type { ApplicationObject } from "./application.ts";
import { type ApplicationSetProps, applicationTemplate } from "./application-set.ts";
import { renderGoTemplate } from "./go-template.ts";
import type { JsonObject, JsonValue } from "./json-value.ts";
import { mergePatch, parseTemplatePatch } from "./template-patch.ts";

/** An Application that an ApplicationSet will make, and the list element that it comes from. */
export interface ExpandedApplication {
  readonly element: JsonObject;
  readonly application: ApplicationObject;
}

/**
 * What the applicationset controller will make of an ApplicationSet with list generators, computed without a cluster: template, then `templatePatch`,
 * by the same rules, in the order of the elements. Fields that the API drops (`false` where that is its default) are kept.
 *
 * @throws UserError when a generator is not a list, a template uses what cannot be evaluated offline, or two Applications have one name
 */
export function expandApplicationSet(props: ApplicationSetProps): readonly ExpandedApplication[] {
  const template = applicationTemplate(props) as unknown as JsonObject;
  const expanded = elements(props).map((element) => ({ element, application: expand(element, template, props) }));
  const names = expanded.map(({ application }) => application.metadata.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return expanded;
  throw new UserError(`ApplicationSet '${props.name}' makes the Application '${twice}' twice`, {
    hint: `use a parameter in the template's name that is different in every element, got '${props.template.name}'`,
  });
}

function elements({ name, generators }: ApplicationSetProps): readonly JsonObject[] {
  return generators.flatMap(({ kind, elements, selector }) => {
    if (elements !== undefined && selector === undefined) return elements;
    throw new UserError(
      `the ${kind} generator${elements === undefined ? "" : " with a selector"} of ApplicationSet '${name}' cannot be expanded offline`,
      {
        hint: "give the elements in a list generator",
      },
    );
  });
}

function expand(element: JsonObject, template: JsonObject, props: ApplicationSetProps): ApplicationObject {
  const where = `ApplicationSet '${props.name}'`;
  const rendered = renderTexts(template, element, `the template of ${where}`) as JsonObject;
  const patchName = `the templatePatch of ${where}`;
  const patch = parseTemplatePatch(renderGoTemplate(props.templatePatch ?? "", element, patchName), patchName, props.argocdVersion);
  const patched = mergePatch(rendered, patch) as unknown as Pick<ApplicationObject, "metadata" | "spec">;
  const { server, name: cluster }: { readonly server?: string; readonly name?: string } = patched.spec.destination;
  if (server !== undefined && cluster !== undefined) {
    throw new UserError(`Application '${patched.metadata.name}' of ${where} has both a server and a name as its destination`);
  }
  return sortKeys({
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { ...patched.metadata, namespace: props.namespace ?? "argocd" },
    spec: patched.spec,
  } as unknown as JsonObject) as unknown as ApplicationObject;
}

function renderTexts(value: JsonValue, parameters: JsonObject, where: string): JsonValue {
  if (typeof value === "string") return renderGoTemplate(value, parameters, where);
  if (typeof value !== "object") return value;
  if (isList(value)) return value.map((item) => renderTexts(item, parameters, where));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [renderGoTemplate(key, parameters, where), renderTexts(inner, parameters, where)]),
  );
}

function sortKeys(value: JsonValue): JsonValue {
  if (typeof value !== "object") return value;
  if (isList(value)) return value.map(sortKeys);
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sortKeys(value[key] ?? {})]));
}

function isList(value: readonly JsonValue[] | JsonObject): value is readonly JsonValue[] {
  return Array.isArray(value);
}
