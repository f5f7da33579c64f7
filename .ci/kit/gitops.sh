# shellcheck shell=bash
# What every script of the kit starts with: `. "$(dirname "${BASH_SOURCE[0]}")/gitops.sh"`.
#
#   GITOPS_TOKEN    may push to the GitOps repository; stays in the environment: git asks for it here, and no file and no argument holds it
#   GITOPS_USER     the user that goes with it; default: what GitHub Apps take
#   GITOPS_AUTHOR, GITOPS_AUTHOR_EMAIL    whom commits are by

# a command substitution that fails stops the script like every other command
shopt -s inherit_errexit

fail() {
  printf 'error: %s\n' "$1" >&2
  if [ $# -gt 1 ]; then printf '  hint: %s\n' "$2" >&2; fi
  exit 2
}

# require NAME hint: the variable is there and not empty
require() {
  if [ -z "${!1:-}" ]; then fail "$1 is not set" "$2"; fi
}

git_setting() {
  local count=${GIT_CONFIG_COUNT:-0}
  export "GIT_CONFIG_KEY_$count=$1" "GIT_CONFIG_VALUE_$count=$2" GIT_CONFIG_COUNT=$((count + 1))
}

# open_git [address]: git asks for the token where that repository is served, and nowhere else; default: the clone's origin
open_git() {
  local address=${1:-$(git remote get-url origin)} served=""
  if [[ $address =~ ^(https?://)([^/@]*@)?([^/]+) ]]; then served=".${BASH_REMATCH[1]}${BASH_REMATCH[3]}"; fi
  require GITOPS_TOKEN "give the job a token that may push to the GitOps repository; see docs/continuous-integration.md"
  export GIT_TERMINAL_PROMPT=0
  # an empty helper first: none that the machine has configured is asked
  git_setting credential.helper ''
  # shellcheck disable=SC2016 # the shell that git starts expands it
  git_setting "credential$served.helper" '!f() { test "$1" = get && printf "username=%s\npassword=%s\n" "${GITOPS_USER:-x-access-token}" "$GITOPS_TOKEN"; }; f'
  git_setting user.name "${GITOPS_AUTHOR:-keelson}"
  git_setting user.email "${GITOPS_AUTHOR_EMAIL:-keelson@noreply.invalid}"
}

keelson() {
  node lib/cli/keelson.mjs "$@"
}
