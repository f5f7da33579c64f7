#!/usr/bin/env bash
# Prints the environment that a branch or tag is delivered to; nothing where it is delivered nowhere.
#
#   REF_TYPE, REF_NAME    `branch` or `tag`, and its name
#   TARGETS               one `<branch|tag> <pattern> <environment>` a line; the first that matches counts
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/gitops.sh"

require REF_TYPE "it is 'branch' or 'tag'"
require REF_NAME "it is the branch's or the tag's name"
targets=${TARGETS:-$'branch develop dev\nbranch main staging\ntag v* production'}

while read -r type pattern environment rest; do
  if [ -z "$type" ]; then continue; fi
  case $type in branch | tag) ;; *) fail "'$type' is neither branch nor tag" "write '<branch|tag> <pattern> <environment>'" ;; esac
  if [ -z "$environment" ] || [ -n "$rest" ]; then fail "'$type $pattern $environment $rest' is no target" "write '<branch|tag> <pattern> <environment>'"; fi
  # shellcheck disable=SC2254 # the pattern is one
  if [ "$type" = "$REF_TYPE" ]; then
    case $REF_NAME in $pattern) printf '%s\n' "$environment"; exit 0 ;; esac
  fi
done <<<"$targets"
