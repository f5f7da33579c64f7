#!/usr/bin/env bash
# Clones the GitOps repository with its history and installs Keelson in it. A folder that is there already is taken as it is.
#
#   GITOPS_URL       as git clones it; with https, and without credentials in it
#   GITOPS_FOLDER    where; default: `gitops`
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/gitops.sh"

folder=${GITOPS_FOLDER:-gitops}
if [ ! -e "$folder/.git" ]; then
  require GITOPS_URL "it is the address of the GitOps repository"
  case $GITOPS_URL in *://*@*) fail "GITOPS_URL holds credentials" "give them as GITOPS_TOKEN: an address is printed in logs" ;; esac
  open_git "$GITOPS_URL"
  git clone --quiet "$GITOPS_URL" "$folder"
fi
# scripts of packages would run beside the token; Keelson needs none of them
if [ ! -d "$folder/node_modules" ]; then (unset GITOPS_TOKEN GH_TOKEN && cd "$folder" && npm ci --omit=dev --ignore-scripts --no-audit --no-fund >&2); fi
