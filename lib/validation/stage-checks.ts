import type { Rule } from "./rule.ts";

/** What is said of a rule, or of a check that another stage makes. */
export interface CheckAbout extends Pick<Rule, "severity" | "title" | "reason" | "fix"> {
  readonly id: string;
  /** `input`: what was handed in, before any object is looked at. */
  readonly subject: Rule["subject"] | "input";
  /** See {@link Rule}; other stages' checks ask for what they check. */
  readonly needs?: Rule["needs"];
}

/**
 * What is checked by other stages than stage 4, or beside it: reported under an id with a page, as rules are, but never waived.
 * In alphabetical order.
 */
export const stageChecks: readonly CheckAbout[] = [
  {
    id: "break-glass",
    severity: "error",
    subject: "input",
    title: "No break-glass override stands longer than it says.",
    reason: "What Argo CD leaves to people drifts from Git a little more every day, and nobody notices.",
    fix: "Take the override out of `breakGlass` of the system, or give it a later day and say why.",
  },
  {
    id: "file-name-collision",
    severity: "error",
    subject: "input",
    title: "No two objects want the same file under `dist/`.",
    reason: "One object would silently overwrite the other.",
    fix: "Give all but one of them another name.",
  },
  {
    id: "holds",
    severity: "error",
    subject: "input",
    title: "Every hold can be read, holds something that has pins there, and has not ended.",
    reason: "A hold that cannot be read, or that names nothing, holds nothing, while somebody relies on it.",
    fix: "Mend the line of the environment's `holds.yaml` that the finding names, or release the hold.",
  },
  {
    id: "hook-only-change",
    severity: "warning",
    subject: "argocd",
    title: "What `diff` and `synth` would change of an Application is more than its hooks.",
    reason: "Hooks make no Application OutOfSync: a commit that changes nothing else starts no sync, and the hook does not run.",
    fix: "Sync the Application by hand once the change is merged, or change what the hook belongs to as well.",
  },
  {
    id: "image-pins",
    severity: "error",
    subject: "input",
    title: "Every image pin can be read, is used, and is what its environment takes; every container has one.",
    reason: "A container without an image cannot be rendered, and a pin that nothing runs is a promotion that never arrives.",
    fix: "Mend the line of the environment's `images.yaml` that the finding names.",
  },
  {
    id: "manifest-file",
    severity: "error",
    subject: "input",
    title: "Every file of a folder that is validated can be read, and says every key once.",
    reason: "A file that cannot be read stops the sync of everything beside it; of a key that stands twice one value is lost silently.",
    fix: "Mend the file at the line that the finding names, or the template behind it.",
  },
  {
    id: "sealed-secrets",
    severity: "error",
    subject: "input",
    title: "Every declared key of a sealed secret has its ciphertext, and every ciphertext is used.",
    reason: "A Secret without one of its keys keeps Pods from starting, and a ciphertext that nothing uses never arrives.",
    fix: "Run `keelson seal` for the key that the finding names, or remove the line.",
  },
  {
    id: "waiver",
    severity: "error",
    subject: "input",
    title: "Every waiver waives something, and has not ended.",
    reason: "A waiver that nobody needs any more hides the next mistake of its kind.",
    fix: "Take the waiver out, or mend what it waives.",
  },
];
