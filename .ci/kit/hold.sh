#!/usr/bin/env bash
# Keeps a service, a system or an environment from moving for a while, or lets it move again. Runs in a clone of the GitOps repository.
#
#   ACTION      `set` or `release`
#   TARGET      `<system>/<service>`, `<system>`, or `*` for the whole environment
#   ENVIRONMENT
#   UNTIL, REASON, TICKET    of a hold that is set
#   ACTOR, RUN_URL, RUN_ID
set -euo pipefail
kit=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$kit/gitops.sh"

require ACTION "it is 'set' or 'release'"
require TARGET "name '<system>/<service>', '<system>' or '*'"
require ENVIRONMENT "it is where the hold is"
[[ $ACTION =~ ^(set|release)$ ]] || fail "'$ACTION' is neither 'set' nor 'release'"
[[ $TARGET =~ ^([a-z][a-z0-9-]*(/[a-z][a-z0-9-]*)?|[*])$ ]] || fail "'$TARGET' names nothing that can be held" "write '<system>/<service>', '<system>' or '*'"
options=("--environment=$ENVIRONMENT" "--actor=${ACTOR:?}" "--run=${RUN_URL:?}")
if [ "$ACTION" = set ]; then
  require UNTIL "a hold ends"
  require REASON "a hold has a reason"
  options+=("--until=$UNTIL" "--reason=$REASON")
  if [ -n "${TICKET:-}" ]; then options+=("--ticket=$TICKET"); fi
elif [ -n "${REASON:-}" ]; then options+=("--reason=$REASON"); fi
held=()
if [ "$TARGET" != '*' ]; then held=("$TARGET"); fi
bash "$kit/land.sh" "hold/$ENVIRONMENT/${RUN_ID:?}" hold "$ACTION" "${options[@]}" "${held[@]}"
