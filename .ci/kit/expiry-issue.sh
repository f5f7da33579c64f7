#!/usr/bin/env bash
# Keeps one issue about waivers, holds and overrides that have ended or end soon: opens it, renews its text, closes it. Runs in a checkout of the
# GitOps repository.
#
#   GH_TOKEN    may write issues
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/gitops.sh"

title="Waivers, holds and overrides that end"
label=keelson-expiry
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

status=0
keelson validate --output json >"$work/report.json" || status=$?
if [ "$status" -gt 1 ]; then fail "validate could not run" "its own words stand above"; fi
node "$(dirname "${BASH_SOURCE[0]}")/expiry-report.mjs" <"$work/report.json" >"$work/body"

issue=$(gh issue list --state open --label "$label" --json number --jq '.[0].number // empty')
if [ -s "$work/body" ]; then
  if [ -n "$issue" ]; then gh issue edit "$issue" --body-file "$work/body"; else
    gh label create "$label" --description "kept by the workflow expiry" --force
    gh issue create --title "$title" --label "$label" --body-file "$work/body"
  fi
elif [ -n "$issue" ]; then
  gh issue close "$issue" --comment "Nothing is due any more."
else
  printf 'nothing is due\n' >&2
fi
