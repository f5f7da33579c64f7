#!/usr/bin/env bash
# Puts a service back to a version that it ran before. Runs in a clone of the GitOps repository.
#
#   SERVICE, ENVIRONMENT
#   TO          a commit, tag, date or N-steps; default: the one before, but none that was rolled back from
#   REASON      why
#   ACTOR, RUN_URL, RUN_ID
set -euo pipefail
kit=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$kit/gitops.sh"

require SERVICE "name it '<system>/<service>'"
require ENVIRONMENT "it is the environment that the service goes back in"
require REASON "it goes into the commit"
[[ $SERVICE =~ ^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$ ]] || fail "'$SERVICE' names no service" "write '<system>/<service>'"
options=("--environment=$ENVIRONMENT" "--reason=$REASON" "--actor=${ACTOR:?}" "--run=${RUN_URL:?}")
if [ -n "${TO:-}" ]; then options+=("--to=$TO"); fi
bash "$kit/land.sh" "rollback/$ENVIRONMENT/${RUN_ID:?}" rollback "${options[@]}" "$SERVICE"
