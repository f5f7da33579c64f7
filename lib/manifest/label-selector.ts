import { entriesOf, textsOf } from "./entries-of.ts";
import { fieldsOf } from "./fields-of.ts";

/** Labels of an object, by key. */
export type Labels = Readonly<Record<string, string>>;

/** @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/label-selector/ */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
}

/** One line of `matchExpressions`. */
export interface LabelSelectorRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/** Whether a selector takes an object with these labels; an empty selector takes every object. */
export function matchesLabels({ matchLabels, matchExpressions }: LabelSelector, labels: Labels): boolean {
  const wanted = fieldsOf(matchLabels);
  for (const key in wanted) if (labels[key] !== wanted[key]) return false;
  return matchExpressions === undefined || entriesOf(matchExpressions).every((requirement) => meets(requirement, labels));
}

/** Whether a selector asks for nothing, and so takes every object. */
export function isEmptySelector({ matchLabels, matchExpressions }: LabelSelector): boolean {
  return Object.keys(fieldsOf(matchLabels)).length === 0 && entriesOf(matchExpressions).length === 0;
}

function meets({ key, operator, values }: LabelSelectorRequirement, labels: Labels): boolean {
  const value = labels[key];
  switch (operator) {
    case "In":
      return value !== undefined && textsOf(values).includes(value);
    case "NotIn":
      return value === undefined || !textsOf(values).includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    default:
      return false;
  }
}
