#!/usr/bin/env bash
# Writes what a reviewer wants to see of a pull request, as plain text for review-comment.sh. Runs where the pull request's own code runs: without
# secrets, and nothing that it writes is believed.
#
#   review-report.sh <folder>    in a checkout of the merge result, whose first parent is the target branch
#   PULL_REQUEST                 its number
set -euo pipefail

folder=${1:?the folder to write to}
mkdir -p "$folder"
printf '%s\n' "${PULL_REQUEST:?its number}" >"$folder/number"
git diff --no-color --no-ext-diff HEAD^1 HEAD -- ':(glob)environments/*/images.yaml' ':(glob)environments/*/holds.yaml' >"$folder/pins.txt"
git diff --no-color --stat=120 HEAD^1 HEAD -- dist >"$folder/files.txt"
git diff --no-color --no-ext-diff HEAD^1 HEAD -- dist >"$folder/diff.txt"
# findings fail the check, not the report of them
npm run --silent validate >"$folder/findings.txt" 2>&1 || true
