#!/usr/bin/env bash
# Installs what is missing, builds everything, runs every test project and ends with one line: N passed, N failed.
# A skipped test, a project without tests and a project that dies all count as failed. Everything printed, and one
# XML report a project, is in artifacts/tests/. Two projects run at a time, since they also wait (for browsers, for servers that are
# killed and started, for a database that is gone). Set APPROVALS_TEST_POSTGRES to use a server of your own, and
# APPROVALS_TEST_SQLSERVER to run the contract suite on a SQL Server, too.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
# Every test host would watch its files by inotify, of which a user has 128; polling needs none.
export DOTNET_USE_POLLING_FILE_WATCHER=1
reports=artifacts/tests
export APPROVALS_SQLSERVER_COMMANDS=$PWD/$reports/sqlserver
seconds_for_a_project=${APPROVALS_TEST_TIMEOUT:-1800}
passed=0 failed=0

# What failed stands last, where the reader of a cut log finds it: each test's name and what it said.
tell_failures() {
  local report
  for report in "$reports"/*.xml; do
    [ -s "$report" ] || continue
    sed 's/></>\n</g' "$report" | awk '
      /^<test / { bad = /result="(Fail|Skip|NotRun)"/; name = $0; sub(/.* name="/, "", name); sub(/".*/, "", name)
                  if (bad) { print "FAILED " name; left = 15 } }
      bad && /^<(message|stack-trace)>/ { inside = 1 }
      inside && left > 0 { left--; print "    " $0 }
      /<\/(message|stack-trace)>/ { inside = 0 }'
  done
}

finish() {
  [ "$failed" -eq 0 ] || tell_failures
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]; exit
}

give_up() { echo "tests/run.sh: $*"; failed=$((failed + 1)); finish; }

start_postgres() {
  [ -z "${APPROVALS_TEST_POSTGRES:-}" ] || return 0
  APPROVALS_POSTGRES_DIR=$(mktemp -d /tmp/approvals-postgres-XXXXXX)
  export APPROVALS_POSTGRES_DIR
  trap 'jobs -p | xargs -r kill 2>/dev/null; bash tests/postgres.sh stop' EXIT
  trap 'exit 130' INT TERM HUP
  APPROVALS_TEST_POSTGRES=$(bash tests/postgres.sh start) || return 1
  export APPROVALS_TEST_POSTGRES
}

count() { sed -n 's/.*<assembly [^>]*\b'"$2"'="\([0-9]*\)".*/\1/p' "$1" | head -n 1; }

# Counts from the report, not from the console: wording changes, and a run that dies half-way leaves no report. What stands behind the
# second argument chooses a part of the project.
run_project() {
  local name=$1 filter=${2:--trait-} part=("${@:3}") report status=0 good=0 bad=0 field value
  report=$reports/$name${2:-}${part[0]:-}.xml
  echo "== $name ${part[*]}"
  timeout --kill-after=30 "$seconds_for_a_project" \
    dotnet "tests/$name/bin/Debug/net10.0/$name.dll" "$filter" When=AfterTheSuite "${part[@]}" -noLogo -noColor -failSkips -longRunning 120 -result-xml "$report" </dev/null || status=$?
  if [ -s "$report" ]; then
    good=$(count "$report" passed)
    for field in failed errors skipped not-run; do value=$(count "$report" "$field"); bad=$((bad + ${value:-0})); done
  fi
  if [ $((good + bad)) -eq 0 ]; then
    echo "$name: no test ran (exit code $status)"; bad=1
  elif [ "$bad" -eq 0 ] && [ "$status" -ne 0 ]; then
    echo "$name: ended with exit code $status although no test failed"; bad=1
  fi
  echo "$name: ${good:-0} passed, $bad failed or skipped, ${SECONDS}s since the start"
  echo "${good:-0} $bad" >>"$reports/counts"
}

# Each lane's projects one after the other; a project that is in neither runs at the end of the second. The largest is parted, so that both
# lanes end at about the same time.
first_lane=(Approvals.Browser.Tests Approvals.Proof.Tests Approvals.Documents.Tests Approvals.Workflows.Tests
  'Approvals.Web.Tests -namespace Approvals.Web.Tests.Security*')
second_lane=(Approvals.Core.Tests 'Approvals.Web.Tests -namespace- Approvals.Web.Tests.Security*')

lane() {
  local entry words
  for entry in "$@"; do
    read -ra words <<<"$entry"
    run_project "${words[0]}" "" "${words[@]:1}"
  done
}

main() {
  bash tests/install.sh || give_up "what the tests need could not be installed"
  start_postgres || give_up "PostgreSQL could not be started"
  # No audit: it asks the package source at every restore, and the tests must pass without a network.
  dotnet build Approvals.sln -warnaserror -v minimal -p:NuGetAudit=false </dev/null || give_up "the build failed"
  local project name good bad
  for project in tests/*.Tests/*.Tests.csproj; do
    name=$(basename "$project" .csproj)
    [[ " ${first_lane[*]} ${second_lane[*]} " == *" $name "* ]] || second_lane+=("$name")
  done
  lane "${first_lane[@]}" &
  lane "${second_lane[@]}"
  wait $!
  # What the suites sent is judged last: does SQL Server's compiler take it, and was everything sent?
  run_project Approvals.Core.Tests -trait
  while read -r good bad; do passed=$((passed + good)) failed=$((failed + bad)); done <"$reports/counts"
  # A lane that died on the way has not counted all of its projects.
  [ "$(wc -l <"$reports/counts")" -eq $((${#first_lane[@]} + ${#second_lane[@]} + 1)) ] || { echo "tests/run.sh: a project did not run"; failed=$((failed + 1)); }
  [ -n "${APPROVALS_TEST_SQLSERVER:-}" ] ||
    echo "SQL Server: no server (APPROVALS_TEST_SQLSERVER is not set); its commands were compiled, not run"
  finish
}

rm -rf "$reports" && mkdir -p "$reports"
(main) 2>&1 | tee -i "$reports/output.txt"
exit "${PIPESTATUS[0]}"
