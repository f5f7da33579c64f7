#!/usr/bin/env bash
# Runs a command of Keelson that moves pins, and lands it as the policy says: pushed to the branch that Argo CD follows or, where a review is asked
# for, pushed as a branch with a pull request. Runs in a clone of the GitOps repository.
#
#   land.sh <branch for a pull request> <arguments of keelson>…
set -euo pipefail
kit=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$kit/gitops.sh"

if [ $# -lt 2 ]; then fail "too few arguments" "land.sh <branch> <arguments of keelson>…"; fi
branch=$1
shift
log=$(mktemp)
trap 'rm -f "$log"' EXIT

open_git
status=0
keelson "$@" --push 2>"$log" || status=$?
if [ "$status" -ne 2 ] || ! grep -q '^error: .* takes pull requests$' "$log"; then
  cat "$log" >&2
  exit "$status"
fi
sed -n 's/^error: \(.* takes pull requests\)$/note: \1/p' "$log" >&2
keelson "$@" --branch "$branch"
# a command that found nothing to change has pushed nothing
if git ls-remote --exit-code --heads origin "refs/heads/$branch" >/dev/null; then bash "$kit/open-pull-request.sh" "$branch"; fi
