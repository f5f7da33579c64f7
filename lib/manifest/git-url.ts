const ssh = /^(ssh:\/\/)?[^/:]*@[^@]+$/;

/** By URL: thousands of Applications read from one repository. */
const known = new Map<string, string>();

/** A repository's URL as Argo CD compares it: lower case, without `.git`, `git@host:path` and `ssh://git@host/path` alike. */
export function comparableGitUrl(url: string): string {
  let comparable = known.get(url);
  if (comparable === undefined) {
    comparable = normalized(url.trim().toLowerCase());
    known.set(url, comparable);
  }
  return comparable;
}

function normalized(url: string): string {
  let comparable = ssh.test(url) && !url.startsWith("ssh://") ? url.replace(":", "/") : url;
  if (comparable.endsWith(".git")) comparable = comparable.slice(0, -".git".length);
  return comparable.startsWith("ssh://") ? comparable.slice("ssh://".length) : comparable;
}
