#!/usr/bin/env bash
# Builds images, pushes each by its digest, signs that digest, and only then gives it its tag `sha-<commit>`: no tag ever names an image that is not
# signed. On a release nothing is built: the release tag is given to the digest that the commit's image has already.
#
#   IMAGES           one `<system>/<service> <repository of the image> <build context>` a line
#   SOURCE_COMMIT    the commit that is built, all 40 digits
#   RELEASE          the release tag; default: none, build
#   PLATFORMS        default: the builder's own
#   BUILD_CACHE      `true`: layers are kept in the registry, under the tag `buildcache`
#   COSIGN_KEY       a key to sign with; default: keyless, by the job's identity
#   PINS_FILE        where to write one `<system>/<service> <reference>` a line; default: standard output
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/gitops.sh"

require IMAGES "write one '<system>/<service> <repository> <context>' a line"
require SOURCE_COMMIT "it is the commit that is built"
[[ $SOURCE_COMMIT =~ ^[0-9a-f]{40}$ ]] || fail "'$SOURCE_COMMIT' is no commit" "give all 40 digits"
[[ ${RELEASE:-v0.0.0} =~ ^v?[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]{1,60})?$ ]] || fail "'$RELEASE' is no release" "name a version as v1.2.0"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

field() {
  node -e 'process.stdout.write(String(JSON.parse(require("node:fs").readFileSync(process.argv[2], "utf8"))[process.argv[1]]))' "$1" "$2"
}

digest_of() {
  docker buildx imagetools inspect "$1" --format '{{json .Manifest}}' >"$work/manifest.json"
  field digest "$work/manifest.json"
}

# tag REPOSITORY DIGEST TAG: the very manifest, whatever its kind, under one more name
tag() {
  docker buildx imagetools create --prefer-index=false --tag "$1:$3" "$1@$2" >&2
  local tagged
  tagged=$(digest_of "$1:$3")
  if [ "$tagged" != "$2" ]; then fail "'$1:$3' became $tagged instead of $2" "the registry keeps another manifest: sign and promote that one, or use another registry"; fi
}

build() {
  local repository=$1 context=$2
  local options=(--file "$context/Dockerfile" --metadata-file "$work/metadata.json" --output "type=image,name=$repository,push-by-digest=true,name-canonical=true,push=true")
  if [ -n "${PLATFORMS:-}" ]; then options+=(--platform "$PLATFORMS"); fi
  if [ "${BUILD_CACHE:-false}" = true ]; then
    options+=(--cache-from "type=registry,ref=$repository:buildcache" --cache-to "type=registry,ref=$repository:buildcache,mode=max")
  fi
  rm -f "$work/metadata.json"
  docker buildx build --builder keelson "${options[@]}" --label "org.opencontainers.image.revision=$SOURCE_COMMIT" "$context" >&2
  field containerimage.digest "$work/metadata.json"
}

sign() {
  if [ -n "${COSIGN_KEY:-}" ]; then cosign sign --yes --key "$COSIGN_KEY" "$1" >&2; else cosign sign --yes "$1" >&2; fi
}

# a builder of its own: the one that comes with Docker does not push by digest
if [ -z "${RELEASE:-}" ] && ! docker buildx inspect keelson >/dev/null 2>&1; then
  options=(--name keelson --driver docker-container)
  # where Docker is reached by TLS settings of the environment, a builder takes them from a context
  if [ -n "${DOCKER_CERT_PATH:-}" ]; then docker context create keelson >&2 && options+=(keelson); fi
  docker buildx create "${options[@]}" >&2
fi

# on a descriptor of its own: what is started below may read standard input, as cosign does for the password of a key
while read -r service repository context rest <&3; do
  if [ -z "$service" ]; then continue; fi
  if [ -z "$context" ] || [ -n "$rest" ]; then fail "'$service $repository $context $rest' is no image" "write '<system>/<service> <repository> <context>'"; fi
  if [ -n "${RELEASE:-}" ]; then
    digest=$(digest_of "$repository:sha-$SOURCE_COMMIT") ||
      fail "there is no '$repository:sha-$SOURCE_COMMIT': the commit was never built" "a release is an image that staging ran: push the commit to the branch of staging first"
    # a release that was given out stays what it is
    released=$(digest_of "$repository:$RELEASE" 2>/dev/null || true)
    if [ -n "$released" ] && [ "$released" != "$digest" ]; then fail "'$repository:$RELEASE' is $released already" "release $digest by another version"; fi
    tag "$repository" "$digest" "$RELEASE"
    pin="$repository:$RELEASE@$digest"
  else
    digest=$(build "$repository" "$context")
    [[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] || fail "the build of '$repository' told no digest, got '$digest'"
    sign "$repository@$digest"
    tag "$repository" "$digest" "sha-$SOURCE_COMMIT"
    pin="$repository:sha-$SOURCE_COMMIT@$digest"
  fi
  printf '%s %s\n' "$service" "$pin" >>"$work/pins"
done 3<<<"$IMAGES"

# all or nothing: an image that could not be built leaves no pins behind
if [ ! -s "$work/pins" ]; then fail "no images are listed" "write one '<system>/<service> <repository> <context>' a line"; fi
if [ -n "${PINS_FILE:-}" ]; then cp "$work/pins" "$PINS_FILE"; else cat "$work/pins"; fi
