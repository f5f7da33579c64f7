#!/usr/bin/env bash
# Break-glass: puts a version into an environment without waiting for Argo CD. Git moves first, so that what is applied is what Git says, and there
# is nothing for self-heal to undo and nothing to reconcile back afterwards. Runs in a clone of the GitOps repository.
#
#   EMERGENCY           must be `yes`
#   ENVIRONMENT, SERVICES, IMAGE_TAG    one `<system>/<service>` after another; they get the same tag
#   CLUSTER             where the environment has several
#   OUTPUT              the generated folder; default: `dist`
#   REASON, TICKET      go into the commit
#   ACTOR, RUN_URL      who started it, and where
#   RUN_ID              makes the branch's name unique
#   KUBECONFIG          a file with the credential that nobody else holds. Its token must end within MAX_HOURS; default: 4
#   GITOPS_TOKEN        may push to the GitOps repository and, where a review is asked for, merge past it
set -euo pipefail
kit=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$kit/gitops.sh"

if [ "${EMERGENCY:-no}" != yes ]; then fail "this is no emergency" "release by the pipeline; or start again with emergency: yes"; fi
for variable in ENVIRONMENT SERVICES IMAGE_TAG REASON TICKET ACTOR RUN_URL RUN_ID KUBECONFIG GITOPS_TOKEN; do
  require "$variable" "an emergency names who, why and what, and has a credential of its own"
done
[[ $ENVIRONMENT =~ ^[a-z][a-z0-9-]*$ ]] || fail "'$ENVIRONMENT' names no environment"
[[ ${CLUSTER:-main} =~ ^[a-z][a-z0-9-]*$ ]] || fail "'$CLUSTER' names no cluster"
[[ $IMAGE_TAG =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$ ]] || fail "'$IMAGE_TAG' is no tag"
[[ $RUN_ID =~ ^[0-9]+$ ]] || fail "'$RUN_ID' is no run"
read -ra named <<<"$SERVICES"

kubectl config view --raw --minify -o 'jsonpath={.users[0].user.token}' | node "$kit/token-lifetime.mjs"

pairs=() folders=()
for service in "${named[@]}"; do
  [[ $service =~ ^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$ ]] || fail "'$service' names no service" "write '<system>/<service>'"
  pin=$(sed -n "s#^$service: *\([^ ]*\).*#\1#p" "environments/$ENVIRONMENT/images.yaml")
  if [ -z "$pin" ]; then fail "'$service' has no pin in '$ENVIRONMENT'"; fi
  repository=${pin%%@*}
  # a registry's port is no tag
  name=${repository##*/}
  pairs+=("$service" "${repository%"$name"}${name%%:*}:$IMAGE_TAG")
  mapfile -t found < <(git ls-files ":(glob)${OUTPUT:-dist}/$ENVIRONMENT/${CLUSTER:-*}/$service/*.yaml" | sed 's#/[^/]*$##' | sort -u)
  if [ ${#found[@]} -ne 1 ]; then fail "'$service' is rendered ${#found[@]} times for '$ENVIRONMENT'" "name the cluster"; fi
  folders+=("${found[0]}")
done

branch="emergency/$ENVIRONMENT/$RUN_ID"
bash "$kit/land.sh" "$branch" image set "${pairs[@]}" --environment "$ENVIRONMENT" --resolve-digest \
  "--override=$REASON" "--refs=$TICKET" "--actor=$ACTOR" "--run=$RUN_URL"

open_git
commit=HEAD
if git fetch --quiet origin "refs/heads/$branch" 2>/dev/null; then
  commit=$(git rev-parse FETCH_HEAD)
  if [ -n "${GITLAB_CI:-}" ] || ! GH_TOKEN=$GITOPS_TOKEN gh pr merge "$branch" --merge --admin; then
    printf 'warning: %s is not merged: until it is, what is applied now is drift, and where self-heal is on it is undone within seconds\n' "$branch" >&2
  fi
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for folder in "${folders[@]}"; do
  git archive "$commit" "$folder" | tar -x -C "$work"
  # hooks belong to a sync: applied by hand they are Jobs that run once more, or that cannot be changed
  while IFS= read -r hook; do
    printf 'note: %s is a hook of a sync, and is not applied\n' "${hook#"$work/"}" >&2
    rm "$hook"
  done < <(grep -lE '^ +argocd\.argoproj\.io/hook:' -r "$work/$folder" || true)
  # fields of others, such as the mark by which Argo CD knows its own, stay as they are
  kubectl apply --server-side --force-conflicts --field-manager keelson-emergency --filename "$work/$folder"
done
printf 'applied %s of %s\n' "$SERVICES" "$(git rev-parse "$commit")" >&2
