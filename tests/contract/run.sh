#!/bin/bash
# Asks the demo everything that its definition allows and forbids, as nobody and as each persona, and compares the
# answers with the definition. CONTRACT_EXAMPLES says how many requests are made up for each operation.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

venv=../../target/contract-venv
if [ ! -x $venv/bin/schemathesis ] || ! cmp -s requirements.txt $venv/requirements.txt; then
    python3 -m venv $venv
    $venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
    cp requirements.txt $venv/requirements.txt
fi

program=${MACHIARUKI_PROGRAM:-../../target/debug/machiaruki}
for persona in ${CONTRACT_PERSONAS:-nobody staff manager hr registrar editor admin}; do
    rm -rf "$work/data"
    "$program" demo --listen 127.0.0.1:0 --data "$work/data" >"$work/out" 2>"$work/log" &
    server=$!
    for _ in $(seq 100); do
        base=$(sed -n 's/^まちあるき //p' "$work/out")
        [ -n "$base" ] && break
        sleep 0.1
    done
    [ -n "$base" ] || { cat "$work/log"; exit 1; }
    echo "as $persona:"
    export CONTRACT_PERSONA=$persona CONTRACT_BASE=$base SCHEMATHESIS_HOOKS=hooks PYTHONPATH=.
    # What ends the session that asks is tested by hand.
    if ! $venv/bin/schemathesis run "$base/api/openapi.json" --checks all --max-examples "${CONTRACT_EXAMPLES:-8}" \
        --seed 131032 --no-color --suppress-health-check all --request-timeout 30 \
        --exclude-operation-id sign_out --exclude-operation-id end_other_sessions >"$work/report" 2>&1; then
        cat "$work/report"
        exit 1
    fi
    grep -E "generated|passed" "$work/report" || true
    if grep -E '"panic|panicked|a request failed' "$work/log"; then
        echo "the service failed while it was asked" >&2
        exit 1
    fi
    kill "$server"
    wait "$server" 2>/dev/null || true
    server=
done
