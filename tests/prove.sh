#!/usr/bin/env bash
# The slow proof: every test with its long walks, then the benchmarks in Release, whose figures end the output as JSON lines.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

APPROVALS_PROVE=1 APPROVALS_TEST_TIMEOUT=${APPROVALS_TEST_TIMEOUT:-7200} bash tests/run.sh

mkdir -p artifacts
dotnet run -c Release --project tests/Approvals.Benchmarks -- "$@" </dev/null | tee artifacts/benchmarks.txt
echo "Figures:"
grep '^{"figure"' artifacts/benchmarks.txt
