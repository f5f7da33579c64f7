import type { ClusterFacts } from "./cluster-facts.ts";
import type { ProjectFacts } from "./project-facts.ts";

/** What a check found. */
export interface CheckResult {
  /** `unknown`: it could not be found out, for example because it may not be read. */
  readonly result: "pass" | "fail" | "skipped" | "unknown";
  /** One line: what was found, or why nothing was. */
  readonly detail: string;
  /** Each thing that was found, where there are several. @default none */
  readonly findings?: readonly string[];
  /** What to do about it. @default nothing */
  readonly fix?: string;
}

interface CheckName {
  /** Stable, for programs. */
  readonly id: string;
  /** What is checked, as a statement that holds when it passes. */
  readonly title: string;
}

/** A check that needs the project's files only. */
export interface ProjectCheck extends CheckName {
  readonly needs: "project";
  readonly run: (facts: ProjectFacts) => CheckResult;
}

/** A check that asks the cluster, reading only. It may throw a UserError where something may not be read, and an ApiError. */
export interface ClusterCheck extends CheckName {
  readonly needs: "cluster";
  readonly run: (facts: ClusterFacts) => Promise<CheckResult>;
}

/** Something that must hold before a go-live. */
export type Check = ProjectCheck | ClusterCheck;
