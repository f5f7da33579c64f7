#!/usr/bin/env bash
# Moves pins from one environment to the next. Runs in a clone of the GitOps repository.
#
#   SERVICES    systems or `<system>/<service>`, with spaces between
#   TO          the environment to move them to
#   FROM        the environment to take them from; default: the one before
#   AS          the release tag that the same images get there
#   OVERRIDE    why a gate is passed over
#   ACTOR, RUN_URL, RUN_ID
set -euo pipefail
kit=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$kit/gitops.sh"

require SERVICES "name systems or services, with spaces between"
require TO "it is the environment to move pins to"
read -ra named <<<"$SERVICES"
for service in "${named[@]}"; do [[ $service =~ ^[a-z][a-z0-9/:@-]*$ ]] || fail "'$service' names no system or service"; done
options=("--to=$TO" "--actor=${ACTOR:?}" "--run=${RUN_URL:?}")
if [ -n "${FROM:-}" ]; then options+=("--from=$FROM"); fi
if [ -n "${AS:-}" ]; then options+=("--as=$AS"); fi
if [ -n "${OVERRIDE:-}" ]; then options+=("--override=$OVERRIDE"); fi
bash "$kit/land.sh" "promote/$TO/${RUN_ID:?}" promote "${options[@]}" "${named[@]}"
