/** A commit's id as people read it: its first seven digits. */
export function shortId(commit: string): string {
  return commit.slice(0, 7);
}
