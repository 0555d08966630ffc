#!/usr/bin/env bash
# Prints pending=true where the registry has the package, but not the version of package.json, and no changeset waits (WAITING, of the action).
# The very first version is published by hand: a trusted publisher can be named only for a package that is there.
set -euo pipefail
name=$(node -p "require('./package.json').name")
version=$(node -p "require('./package.json').version")
on_npm() { npm view "$1" version 2>/dev/null || true; }
pending=false
if [ "${WAITING:-false}" != true ] && [ -n "$(on_npm "$name")" ] && [ -z "$(on_npm "$name@$version")" ]; then pending=true; fi
echo "pending=$pending"
