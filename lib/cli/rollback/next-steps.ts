import type { GitRepository } from "../../git/git-repository.ts";
import { shortId } from "../../git/short-id.ts";
import type { Landed } from "../landing/landing.ts";
import type { DeliveringApplication } from "./delivering-applications.ts";
import type { GoingBack } from "./plan-rollback.ts";
import { syncOf } from "./rollback-facts.ts";
import type { RollbackOptions } from "./rollback-options.ts";

/** What somebody has to do, or to know, until what goes back runs. */
export interface NextStep {
  readonly application: string | undefined;
  readonly message: string;
  /** What to type. */
  readonly command: string | undefined;
}

/** What a rollback has come to so far. */
export interface RollbackSoFar {
  readonly git: GitRepository;
  readonly environment: string;
  /** The branch that Argo CD follows. */
  readonly branch: string;
  readonly going: GoingBack;
  /** What ran until now, as people call it. */
  readonly present: string;
  readonly applications: readonly DeliveringApplication[];
  /** `undefined`: it was only planned. */
  readonly landed: Landed<unknown> | undefined;
  readonly options: RollbackOptions;
}

/** The way from here to where the older images run, Application by Application. */
export function nextSteps(soFar: RollbackSoFar): NextStep[] {
  const { applications } = soFar;
  return [...landingSteps(soFar), ...applications.flatMap((application) => stepsOf(application, soFar))];
}

function landingSteps({ landed, branch, options }: RollbackSoFar): NextStep[] {
  const step = (message: string, command?: string): NextStep[] => [{ application: undefined, message, command }];
  switch (landed?.outcome) {
    case "written":
      return step(`nothing is committed yet: bring what was written to '${branch}' in one commit`);
    case "committed":
      return step(`the commit is not pushed yet`, `git push ${options.remote ?? "origin"} HEAD`);
    case "branched":
      return step(`'${options.branch ?? ""}' waits for a pull request into '${branch}'`);
    default:
      return [];
  }
}

function stepsOf(application: DeliveringApplication, soFar: RollbackSoFar): NextStep[] {
  const { name, report } = application;
  const step = (message: string, command?: string): NextStep => ({ application: name, message, command });
  if (!(report?.live?.automated ?? application.automated)) return manualSteps(application, soFar, step);
  const contains = soFar.landed?.outcome === "pushed" && soFar.landed.commit !== undefined ? ` --contains ${soFar.landed.commit}` : "";
  return [
    step(
      `Argo CD syncs '${name}' by itself once this is on '${soFar.branch}', and refuses \`argocd app rollback\` while it does`,
      `npm run keelson -- status --application ${name} --wait${contains}`,
    ),
  ];
}

function manualSteps(
  application: DeliveringApplication,
  { git, environment, branch, going, present }: RollbackSoFar,
  step: (message: string, command?: string) => NextStep,
): NextStep[] {
  const { name, report, besides } = application;
  const sync = step(`nobody syncs '${name}' but you, once this is on '${branch}'`, `argocd app sync ${name}`);
  const wholly = besides.length === 0 ? "" : ` It takes the whole Application back: also ${besides.join(", ")}.`;
  const follow = `This commit must land all the same: until then the next sync brings ${present} back.${wholly}`;
  if (report?.live === undefined) {
    const { target } = going;
    const [since, until] = [target.candidate?.period.since.id, target.candidate?.period.until?.id].map((id) => id && shortId(id));
    const which =
      since === undefined || until === undefined ? "of a commit with these pins" : `of a commit from ${since} on and before ${until}`;
    const how = `sooner, by Argo CD's own history: the id of the newest sync ${which}, then \`argocd app rollback ${name} <id>\`. ${follow}`;
    return [sync, step(how, `argocd app history ${name}`)];
  }
  const entry = syncOf(git, environment, going.target.pins, application);
  if (entry === undefined)
    return [sync, step(`Argo CD remembers no sync of '${name}' with these pins: there is nothing for \`argocd app rollback\``)];
  const when = `its sync ${entry.deployedAt === undefined ? "" : `at ${entry.deployedAt} `}of ${shortId(entry.revision)}`;
  return [sync, step(`sooner, by Argo CD's own history: ${when}. ${follow}`, `argocd app rollback ${name} ${entry.id}`)];
}
