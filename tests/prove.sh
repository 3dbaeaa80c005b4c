#!/usr/bin/env bash
# The slow proof: every test with its long walks (a hundred kills on each database, 100,000 timers, the database gone for a minute, the
# previous release beside this one), then the benchmarks in Release, whose figures end the output as JSON lines. Names of benchmarks may
# be given; `none` runs the tests only. APPROVALS_PROVE_KILLS sets another number of kills. What tests make up has fresh seeds here; a failure
# names its own, and APPROVALS_SEED=that repeats it. How long each part took is in artifacts/prove.txt.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

# The program of the commit in tests/previous-release, for the upgrade of servers one by one.
previous() {
  local commit folder=artifacts/previous-release
  commit=$(cat tests/previous-release)
  git cat-file -e "$commit^{commit}" 2>/dev/null || { echo "tests/prove.sh: commit $commit is not in this clone (git fetch --unshallow)" >&2; return 1; }
  rm -rf "$folder" && mkdir -p "$folder"
  git archive "$commit" | tar -x -C "$folder"
  dotnet build "$folder/src/Approvals.Web" -v quiet -p:NuGetAudit=false </dev/null >&2 || return 1
  realpath "$folder/src/Approvals.Web/bin/Debug/net10.0/Approvals.Web.dll"
}

part() {
  local name=$1 began=$SECONDS status=0
  shift
  "$@" || status=$?
  echo "$name: $((SECONDS - began)) s, exit code $status" | tee -a artifacts/prove.txt
  return "$status"
}

benchmarks() {
  dotnet run -c Release --project tests/Approvals.Benchmarks -- "$@" </dev/null | tee artifacts/benchmarks.txt
  echo "Figures:"
  grep '^{"figure"' artifacts/benchmarks.txt
}

mkdir -p artifacts
: >artifacts/prove.txt
APPROVALS_PREVIOUS_PROGRAM=$(previous)
export APPROVALS_PREVIOUS_PROGRAM
failed=0
APPROVALS_PROVE=1 APPROVALS_TEST_TIMEOUT=${APPROVALS_TEST_TIMEOUT:-7200} part "every test, long" bash tests/run.sh || failed=1
[ "${1:-}" = none ] || part "benchmarks" benchmarks "$@" || failed=1
cat artifacts/prove.txt
exit "$failed"
