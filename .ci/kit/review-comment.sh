#!/usr/bin/env bash
# Writes the review comment of a pull request, or renews it. Runs with a token that may comment, and so neither checks out nor runs anything of the
# pull request: what the unprivileged run reported is read as text.
#
#   review-comment.sh <folder>    what review-report.sh wrote, as it was downloaded
#   GH_TOKEN, REPOSITORY          `<owner>/<name>`
#   HEAD_SHA                      the commit that the run was for, from the event: what the report says of itself proves nothing
set -euo pipefail
kit=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$kit/gitops.sh"

folder=${1:?the folder of the report}
require HEAD_SHA "it is the run's head commit"
require REPOSITORY "it is '<owner>/<name>'"
if [ ! -f "$folder/number" ] || [ -L "$folder/number" ]; then fail "the report has no number"; fi
number=$(head -c 20 "$folder/number")
[[ $number =~ ^[1-9][0-9]{0,9}$ ]] || fail "the report's number is none"

state=$(gh api "repos/$REPOSITORY/pulls/$number" --jq '.state + " " + .head.sha')
if [ "$state" != "open $HEAD_SHA" ]; then
  printf 'pull request %s is not open at %s: no comment\n' "$number" "$HEAD_SHA" >&2
  exit 0
fi

comment=$(gh api --paginate "repos/$REPOSITORY/issues/$number/comments" \
  --jq '.[] | select(.user.login == "github-actions[bot]" and (.body | startswith("<!-- keelson-review -->"))) | .id' | head -n 1)
if [ -n "$comment" ]; then address="--method PATCH repos/$REPOSITORY/issues/comments/$comment"; else address="--method POST repos/$REPOSITORY/issues/$number/comments"; fi
read -ra arguments <<<"$address"
node "$kit/review-comment.mjs" "$folder" | gh api "${arguments[@]}" --input - --jq .html_url
