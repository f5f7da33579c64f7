#!/usr/bin/env bash
# Moves pins in the GitOps repository: one commit with everything that is rendered from it.
#
#   ENVIRONMENT      where
#   PINS             one `<system>/<service>[:<container>][@<track>] <reference>` a line; or PINS_FILE, a file of such lines
#   RELEASE          the release tag that the pins of the environment before get here: nothing but the tag may differ; default: none
#   SOURCE           a checkout of the application with its history, which says which of two commits is newer
#   SOURCE_URL       where to clone that from, with SOURCE_TOKEN, when there is none here. Without either the last one to come wins
#   ALLOW_UNRELATED  `true`: move pins too whose commit the source does not know, as on the first delivery
#   SOURCE_COMMIT, RUN_URL, ACTOR, REFS, BREAKING_CHANGE    what the commit says; REFS one ticket a line
#   GITOPS_…         see clone-gitops.sh and gitops.sh
set -euo pipefail
kit=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$kit/gitops.sh"

require ENVIRONMENT "it is the environment whose pins move"
require GITOPS_TOKEN "give the job a token that may push to the GitOps repository; see docs/continuous-integration.md"
if [ -n "${PINS_FILE:-}" ]; then PINS=$(cat "$PINS_FILE"); fi
require PINS "write one '<system>/<service> <reference>' a line"

services=() pairs=()
while read -r service reference rest; do
  if [ -z "$service" ]; then continue; fi
  # neither may be taken for an option
  [[ $service =~ ^[a-z][a-z0-9/:@-]*$ ]] || fail "'$service' names no service" "write '<system>/<service>'"
  [[ $reference =~ ^[a-z0-9][A-Za-z0-9._/:@-]*$ && -z $rest ]] || fail "'$service $reference $rest' is no pin" "write '<system>/<service> <reference>'"
  services+=("$service") pairs+=("$service" "$reference")
done <<<"$PINS"
if [ ${#services[@]} -eq 0 ]; then fail "no pins are listed" "write one '<system>/<service> <reference>' a line"; fi

options=()
if [ -n "${RUN_URL:-}" ]; then options+=("--run=$RUN_URL"); fi
if [ -n "${ACTOR:-}" ]; then options+=("--actor=$ACTOR"); fi
if [ -n "${BREAKING_CHANGE:-}" ]; then options+=("--breaking-change=$BREAKING_CHANGE"); fi
while read -r ticket; do if [ -n "$ticket" ]; then options+=("--refs=$ticket"); fi; done <<<"${REFS:-}"
# several services may be built from one commit, and released as one version
name=$(printf '%s' "${services[*]}" | tr -c 'a-z0-9-' '-')

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -n "${SOURCE:-}" ]; then
  SOURCE=$(cd "$SOURCE" && pwd)
elif [ -n "${SOURCE_URL:-}" ]; then
  # commits alone are asked about: no files are fetched. Another token: the helper of git takes it when it is asked, so it must stay set until then
  if (
    export GITOPS_TOKEN=${SOURCE_TOKEN:-none}
    open_git "$SOURCE_URL" && git clone --quiet --filter=tree:0 --no-checkout -- "$SOURCE_URL" "$work/source"
  ); then SOURCE="$work/source"; else
    printf 'warning: %s cannot be read: whether what is pinned is newer stays unknown\n' "$SOURCE_URL" >&2
  fi
fi
unset SOURCE_TOKEN

bash "$kit/clone-gitops.sh"
cd "${GITOPS_FOLDER:-gitops}"
if [ -n "${RELEASE:-}" ]; then
  bash "$kit/land.sh" "release/$ENVIRONMENT/$RELEASE/$name" promote "${options[@]}" --to "$ENVIRONMENT" --as "$RELEASE" "${services[@]}"
else
  options+=(--environment "$ENVIRONMENT" --skip-held)
  if [ -n "${SOURCE_COMMIT:-}" ]; then options+=("--source-commit=$SOURCE_COMMIT"); fi
  if [ -n "${SOURCE:-}" ]; then options+=("--source=$SOURCE"); fi
  if [ "${ALLOW_UNRELATED:-false}" = true ]; then options+=(--allow-unrelated); fi
  bash "$kit/land.sh" "deploy/$ENVIRONMENT/${SOURCE_COMMIT:-pins}/$name" image set "${options[@]}" "${pairs[@]}"
fi
