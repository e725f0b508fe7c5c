#!/bin/bash
# Asks the demo everything that its definition allows and forbids, as nobody and as each persona, two at a time, and
# compares the answers with the definition. CONTRACT_PERSONAS names who asks, CONTRACT_EXAMPLES says how many requests
# are made up for each operation.
set -euo pipefail
cd "$(dirname "$0")"
venv=../../target/contract-venv
program=${MACHIARUKI_PROGRAM:-../../target/debug/machiaruki}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ ! -x $venv/bin/schemathesis ] || ! cmp -s requirements.txt $venv/requirements.txt; then
    python3 -m venv $venv
    $venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
    cp requirements.txt $venv/requirements.txt
fi

ask() {
    local persona=$1 folder=$work/$1 server base=
    mkdir "$folder"
    # It is looked into before the server has opened it.
    : >"$folder/out"
    "$program" demo --listen 127.0.0.1:0 --data "$folder/data" >"$folder/out" 2>"$folder/log" &
    server=$!
    # shellcheck disable=SC2064 # this server, whatever follows
    trap "kill $server 2>/dev/null || true" EXIT
    for _ in $(seq 600); do
        base=$(sed -n 's/^まちあるき //p' "$folder/out")
        [ -n "$base" ] && break
        sleep 0.1
    done
    [ -n "$base" ] || { cat "$folder/log"; return 1; }
    export CONTRACT_PERSONA=$persona CONTRACT_BASE=$base SCHEMATHESIS_HOOKS=hooks PYTHONPATH=.
    # What ends the session that asks is tested by hand, and so is the stream, which has no end.
    if ! $venv/bin/schemathesis run "$base/api/openapi.json" --checks all --max-examples "${CONTRACT_EXAMPLES:-8}" \
        --seed 131032 --no-color --suppress-health-check all --request-timeout 30 --generation-database none \
        --exclude-operation-id sign_out --exclude-operation-id end_other_sessions \
        --exclude-operation-id follow_activation >"$folder/report" 2>&1; then
        cat "$folder/report"
        return 1
    fi
    if grep -E '"panic|panicked|a request failed' "$folder/log"; then
        echo "the service failed while $persona asked" >&2
        return 1
    fi
    echo "as $persona:$(sed -n "s/^ *\([0-9]* generated.*\)/ \1/p" "$folder/report")"
}
export -f ask
export venv program work

printf '%s\n' ${CONTRACT_PERSONAS:-nobody staff trainer manager hr registrar editor admin} |
    xargs -P 2 -I{} bash -euo pipefail -c 'ask {}'
