#!/usr/bin/env bash
# Opens a pull request (a merge request at GitLab) for a branch that is pushed, unless one is open. Its text is the commit's message. Runs in a
# clone of the GitOps repository that has the target branch checked out.
#
#   open-pull-request.sh <branch>
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/gitops.sh"

branch=${1:?the branch}
open_git
target=$(git symbolic-ref --short HEAD)
git fetch --quiet origin "refs/heads/$branch"
title=$(git log -1 --format=%s FETCH_HEAD)
body=$(git log -1 --format=%b FETCH_HEAD)

if [ -n "${GITLAB_CI:-}" ]; then
  project=$(git remote get-url origin | sed -E 's#^[a-z]+://[^/]+/##; s#\.git$##; s#/#%2F#g')
  api="${CI_API_V4_URL:?}/projects/$project/merge_requests"
  # the token goes by standard input: arguments are seen by every process
  call() { printf 'PRIVATE-TOKEN: %s\n' "$GITOPS_TOKEN" | curl --silent --show-error --fail-with-body --header @- "$@"; }
  open=$(call --get --data-urlencode "source_branch=$branch" --data-urlencode "state=opened" "$api")
  if [ "$open" = "[]" ]; then
    call --request POST --data-urlencode "source_branch=$branch" --data-urlencode "target_branch=$target" --data-urlencode "title=$title" \
      --data-urlencode "description=$body" --data-urlencode "remove_source_branch=true" "$api"
  fi
else
  export GH_TOKEN=$GITOPS_TOKEN
  # a fork may have a branch of the same name
  open=$(gh pr list --head "$branch" --base "$target" --state open --json url,isCrossRepository --jq '.[] | select(.isCrossRepository | not) | .url')
  if [ -n "$open" ]; then printf '%s\n' "$open"; else
    printf '%s\n' "$body" | gh pr create --head "$branch" --base "$target" --title "$title" --body-file -
  fi
fi
