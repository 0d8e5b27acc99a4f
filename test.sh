#!/usr/bin/env bash
#
# Runs every test: on SQLite, on a throw-away PostgreSQL, and in a real Chromium. Installs what is missing when it may.
# The last line is "N passed, N failed, N skipped"; the exit code is 0 only when all ran and passed.
#
#   ./test.sh                                       everything
#   ./test.sh -namespace LeadDesk.Tests.Scoring     a part; options go to the xunit runner (-class, -method, …)
#
# LEADDESK_TEST_POSTGRES  connection string of a PostgreSQL to use instead of starting one (a superuser's; databases are made and dropped)
# LEADDESK_CHROMIUM       path of a Chromium or Chrome to use instead of the one found

set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# The browser and kill -9 tests start the app as its users get it, so everything is built the way it ships.
configuration=Release
output="$root/LeadDesk.Tests/bin/$configuration/net10.0"
results="$root/TestResults/tests.xml"
postgres_folder=
postgres_bin=

say() { printf '%s\n' "$*" >&2; }

# A run that could not happen counts as one failure; the reason stands above the last line.
fail() {
    say "test.sh: $*"
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
}

clean_up() {
    local code=$?
    trap - EXIT
    if [[ -n $postgres_folder ]]; then
        [[ -n $postgres_bin ]] && as_postgres "$postgres_bin/pg_ctl" -D "$postgres_folder/data" -m immediate -s stop >/dev/null 2>&1 || true
        rm -rf "$postgres_folder"
    fi
    exit "$code"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# --- What is needed, and how to get it -------------------------------------------------------------------------------

as_root() {
    if [[ $EUID -eq 0 ]]; then "$@"; else sudo "$@"; fi
}

# install WHAT APT DNF APK BREW: the packages that bring WHAT, per package manager.
install() {
    local what=$1 apt=$2 dnf=$3 apk=$4 brew=$5 command
    if command -v apt-get >/dev/null; then command="apt-get install -y --no-install-recommends $apt"
    elif command -v dnf >/dev/null; then command="dnf install -y $dnf"
    elif command -v apk >/dev/null; then command="apk add $apk"
    elif command -v brew >/dev/null; then command="brew install $brew"
    else fail "$what is missing and no known package manager is here. Install it, then run this again."
    fi

    local run=as_root
    [[ $command == brew* ]] && run=env # Homebrew refuses root
    if [[ $run == as_root && $EUID -ne 0 ]] && ! { command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [[ -t 0 ]]; }; }; then
        fail "$what is missing and only root may install it. Ask for: $command"
    fi

    say "Installing $what: $command"
    [[ $command == apt-get* ]] && as_root apt-get update -qq >&2
    # shellcheck disable=SC2086 # the command is a list of words
    $run env DEBIAN_FRONTEND=noninteractive $command >&2 || fail "$what could not be installed. Tried: $command"
}

# Ubuntu's chromium is a stub that asks for a snap: only what tells its version counts.
find_chromium() {
    local candidate
    for candidate in "${LEADDESK_CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" /Applications/Chromium.app/Contents/MacOS/Chromium; do
        if [[ -n $candidate ]] && "$candidate" --version >/dev/null 2>&1; then
            command -v "$candidate"
            return
        fi
    done
}

# The newest server's programs: Debian keeps them off the PATH, one folder per version.
find_postgres() {
    local candidate
    for candidate in $(printf '%s\n' /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb /usr/libexec/postgresql*/initdb \
        /opt/homebrew/opt/postgresql*/bin/initdb | sort -rV) "$(command -v initdb || true)"; do
        if [[ -x $candidate ]]; then
            dirname "$candidate"
            return
        fi
    done
}

# --- A PostgreSQL of our own -----------------------------------------------------------------------------------------

# The server refuses to run as root, so root lends it the user its package made.
as_postgres() {
    if [[ $EUID -ne 0 ]]; then (cd / && "$@")
    elif command -v runuser >/dev/null; then (cd / && runuser -u postgres -- "$@")
    else (cd / && su -s /bin/sh postgres -c "$(printf '%q ' "$@")")
    fi
}

start_postgres() {
    local port log attempt
    postgres_folder=$(mktemp -d /tmp/leaddesk-postgres.XXXXXX)
    log="$postgres_folder/log"
    [[ $EUID -eq 0 ]] && chown postgres "$postgres_folder"
    as_postgres "$postgres_bin/initdb" -D "$postgres_folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >"$log.initdb" 2>&1 \
        || fail "PostgreSQL made no cluster: $(tail -n 5 "$log.initdb")"

    # The kill -9 tests kill the app, never this server or the machine, so it need not wait for the disk; all else is as a real server does it.
    for attempt in 1 2 3 4 5; do
        port=$((20000 + RANDOM % 10000))
        if as_postgres "$postgres_bin/pg_ctl" -D "$postgres_folder/data" -l "$log" -w -t 60 -s start \
            -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$postgres_folder -c max_connections=200 -c shared_buffers=128MB -c fsync=off -c full_page_writes=off" >/dev/null 2>&1; then
            export LEADDESK_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres;Database=postgres"
            return
        fi
    done
    fail "PostgreSQL did not start: $(tail -n 5 "$log")"
}

# --- The run ---------------------------------------------------------------------------------------------------------

# Passes on all but the one line per test that started or finished; instead of those says now and then how far the run is.
show_progress() {
    local line done=0 shown=$SECONDS
    while IFS= read -r line; do
        case $line in
            *" [STARTING]") ;;
            *" [FINISHED] Time: "*)
                done=$((done + 1))
                if ((SECONDS - shown >= 10)); then
                    shown=$SECONDS
                    echo "  … $done tests after $SECONDS s"
                fi
                ;;
            *) printf '%s\n' "$line" ;;
        esac
    done
}

command -v dotnet >/dev/null || fail "the .NET 10 SDK is missing, see https://dotnet.microsoft.com/download"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

chromium=$(find_chromium)
chromium_by_playwright=
if [[ -z $chromium ]]; then
    if grep -q '^ID=ubuntu' /etc/os-release 2>/dev/null; then
        chromium_by_playwright=1 # Ubuntu has Chromium as a snap only; Playwright brings one that runs anywhere, after the build
    else
        install Chromium "chromium fonts-noto-core fonts-noto-color-emoji" "chromium google-noto-sans-fonts" "chromium font-noto" "--cask google-chrome"
        chromium=$(find_chromium)
        [[ -n $chromium ]] || fail "Chromium was installed but does not start; set LEADDESK_CHROMIUM to one that does."
    fi
fi

if [[ -z ${LEADDESK_TEST_POSTGRES:-} ]]; then
    postgres_bin=$(find_postgres)
    if [[ -z $postgres_bin ]]; then
        install PostgreSQL "postgresql postgresql-contrib" "postgresql-server postgresql-contrib" "postgresql postgresql-contrib" postgresql
        postgres_bin=$(find_postgres)
        [[ -n $postgres_bin ]] || fail "PostgreSQL was installed but its initdb is nowhere to be found."
    fi
    start_postgres
fi

say "Building ($configuration)"
dotnet build "$root/LeadDesk.sln" -c "$configuration" -v quiet -clp:NoSummary --disable-build-servers >&2 || fail "the build failed, see above."

if [[ -n $chromium_by_playwright ]]; then
    "$output"/.playwright/node/*/node "$output/.playwright/package/cli.js" install --with-deps chromium >&2 \
        || fail "Chromium is missing and Playwright could not install it. Install one and set LEADDESK_CHROMIUM to its path."
else
    export LEADDESK_CHROMIUM=$chromium
fi

rm -rf "$root/TestResults"
mkdir -p "$root/TestResults"
set +e
# Nothing here runs long enough to win back what the compiler's profiling costs.
export DOTNET_TieredPGO=0
# Two at a time: more of them only take the processor away from the apps, browsers and databases they drive.
dotnet "$output/LeadDesk.Tests.dll" -noLogo -noColor -parallel collections -maxThreads 2 -longRunning 120 \
    -reporter verbose -xml "$results" "$@" | show_progress
code=${PIPESTATUS[0]}
set -e

# <assembly … total="12" passed="11" failed="1" skipped="0" not-run="0" errors="0" …>
summary=$(grep -om1 '<assembly [^>]*>' "$results" 2>/dev/null) || fail "the tests ended with code $code and left no results."
count() { sed -E "s/.* $1=\"([0-9]+)\".*/\1/" <<<"$summary"; }
passed=$(count passed)
failed=$(($(count failed) + $(count errors)))
skipped=$(($(count skipped) + $(count not-run)))

if ((passed + failed + skipped == 0)); then
    fail "no test matches: $*"
elif ((code != 0 && failed == 0)); then
    say "test.sh: no test failed, yet the run ended with code $code."
    failed=1
fi
echo "$passed passed, $failed failed, $skipped skipped"
((failed == 0 && skipped == 0 && passed > 0))
