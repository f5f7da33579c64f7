#!/usr/bin/env bash
# Asks the GitOps repository to move pins, instead of moving them: its own workflow does it, with its own credentials.
#
#   GITOPS_REPOSITORY    `<owner>/<name>`
#   GITOPS_TOKEN         may write contents there: what a repository_dispatch takes
#   and the variables of update-pin.sh
set -euo pipefail
kit=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$kit/gitops.sh"

require GITOPS_TOKEN "give the job a token that may send events to the GitOps repository; see docs/continuous-integration.md"
require GITOPS_REPOSITORY "it is '<owner>/<name>'"
[[ $GITOPS_REPOSITORY =~ ^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$ ]] || fail "'$GITOPS_REPOSITORY' names no repository" "write '<owner>/<name>'"
if [ -n "${PINS_FILE:-}" ]; then PINS=$(cat "$PINS_FILE"); fi
export PINS
payload=$(node "$kit/dispatch-payload.mjs" write)
printf '%s' "$payload" | GH_TOKEN=$GITOPS_TOKEN gh api --method POST "repos/$GITOPS_REPOSITORY/dispatches" --input -
printf 'asked %s to move the pins of %s\n' "$GITOPS_REPOSITORY" "$ENVIRONMENT" >&2
