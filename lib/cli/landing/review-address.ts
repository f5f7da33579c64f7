import type { LandingTarget } from "./landing-target.ts";

/** `https://host/owner/name`, `ssh://git@host/owner/name` or `git@host:owner/name`, with `.git` behind it or not. */
const address = /^(?:https?:\/\/(?:[^@/]*@)?|ssh:\/\/(?:[^@/]*@)?|[^@/:]*@)([^/:]+)(?::\d+)?[/:](.+?)(?:\.git)?\/?$/;

/**
 * Where a pull request of a branch is opened, as GitHub and GitLab have it.
 *
 * @returns `undefined` for an address of another kind
 */
export function reviewAddress({ url, branch }: Pick<LandingTarget, "url" | "branch">, name: string): string | undefined {
  const [, host, path] = address.exec(url) ?? [];
  if (host === undefined || path === undefined) return undefined;
  if (host === "github.com") return `https://${host}/${path}/compare/${encodeURIComponent(branch)}...${encodeURIComponent(name)}?expand=1`;
  if (!/(^|\.)gitlab\./.test(host)) return undefined;
  const query = `merge_request%5Bsource_branch%5D=${encodeURIComponent(name)}&merge_request%5Btarget_branch%5D=${encodeURIComponent(branch)}`;
  return `https://${host}/${path}/-/merge_requests/new?${query}`;
}
