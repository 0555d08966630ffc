#!/usr/bin/env bash
# Packs the package, installs the tarball into an empty folder and runs it there, as a user would.
set -euo pipefail
repo=$(cd "$(dirname "$0")/.." && pwd)
limit_mb=35
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

tarball=$(cd "$repo" && npm pack --ignore-scripts --silent --pack-destination "$folder" | tail -n 1)
mkdir "$folder/empty"
cd "$folder/empty"
echo '{ "name": "smoke", "private": true }' > package.json
npm install --no-audit --no-fund --prefer-offline --ignore-scripts --loglevel=error "$folder/$tarball"

expected=$(node -p "require('$repo/package.json').version")
printed=$(npx --no-install stateless-audit --version)
[ "$printed" = "$expected" ] || { echo "--version printed '$printed', expected '$expected'" >&2; exit 1; }

# CPU of the quickest of seven starts, beside that of node alone: a machine that is busy slows both.
limit_ms=250
quickest_ms() { for _ in 1 2 3 4 5 6 7; do TIMEFORMAT='%3U %3S'; { time node "$@" >/dev/null; } 2>&1; done | awk '{ ms = ($1 + $2) * 1000; if (NR == 1 || ms < best) best = ms } END { printf "%d", best }'; }
alone=$(quickest_ms -e 0)
quickest=$(quickest_ms node_modules/stateless-audit/bin/stateless-audit.js --version)
echo "--version: $quickest ms CPU (limit $limit_ms ms), node alone: $alone ms"
[ "$quickest" -le "$limit_ms" ] || [ "$quickest" -le $((2 * alone)) ] || { echo "--version takes more than $limit_ms ms of CPU" >&2; exit 1; }

bytes=$(du -s --apparent-size -B1 node_modules | cut -f1)
echo "installed size: $((bytes / 1000000)) MB (limit $limit_mb MB)"
[ "$bytes" -le $((limit_mb * 1000000)) ] || { echo "the installed package is larger than $limit_mb MB" >&2; exit 1; }

cp -r "$repo/examples/shop" shop
code=0
npx --no-install stateless-audit shop --no-cache --format json=report.json || code=$?
[ "$code" -eq 1 ] || { echo "the audit of the example ended with $code, expected 1 (it has findings)" >&2; exit 1; }
node -e "
const report = require('./report.json')
if (report.schemaVersion !== 1 || report.findings.length === 0) { console.error('the report has no findings'); process.exit(1) }
console.log(report.findings.length + ' findings in the example')
"
node --input-type=module -e "
const api = await import('stateless-audit')
if (typeof api.audit !== 'function' || typeof api.defineConfig !== 'function') throw new Error('the API lacks audit or defineConfig')
const report = await api.audit({ root: 'shop' })
if (report.findings.length === 0 || !(await api.render('markdown', report)).includes('Is session data stored externally?')) throw new Error('the API finds nothing in the example')
"
