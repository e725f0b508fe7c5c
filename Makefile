# Everything that is done with this project. `make demo` and `make test` are the two that matter.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
DEMO_DATA ?= data/demo
LISTEN ?= 127.0.0.1:8080

# Clippy compiles what is tested: one build both lints and links. What follows the flag is how clippy separates its own.
lint-rust unit stores program: export RUSTC_WORKSPACE_WRAPPER := clippy-driver
lint-rust unit stores program: export CLIPPY_ARGS := -Dwarnings__CLIPPY_HACKERY__

.PHONY: help demo test long verdicts durability deps deps-demo lint lint-rust lint-ui format unit stores program contract contract-short ui web web-short screenshots bench generate check-generated

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

demo: deps-demo ## Serve the demo ward at http://127.0.0.1:8080
	cargo run --locked -- demo --listen $(LISTEN) --data $(DEMO_DATA)

# The browser app is tested while Rust compiles, which leaves half a core idle.
test: deps ## Everything that a change must pass
	$(MAKE) --jobs=2 --output-sync=target lint-rust lint-ui check-generated ui tests/web/node_modules/.package-lock.json
	$(MAKE) --jobs=2 --output-sync=target stores web-short contract-short

deps-demo: ## Install what the demo needs from Debian's packages, where it is missing
	@tests/support/install.sh build

deps: ## Install what the tests need from Debian's packages, where it is missing
	@tests/support/install.sh build test

lint: lint-rust lint-ui ## Formatting and lints, of Rust and of the browser app

lint-rust: static/node_modules/.package-lock.json
	cargo fmt --check
	cargo test --locked --all-targets --no-run

lint-ui: static/node_modules/.package-lock.json
	cd static && npm run check

format: ## Format everything
	cargo fmt
	cd static && npx prettier --write .

unit: ## Rust tests that need no server
	cargo test --locked --lib --doc

stores: ## All Rust tests, with a PostgreSQL server of their own
	tests/support/with-postgres.sh cargo test --locked --no-fail-fast

program: ## Build the program as the tests do: what `cargo build` makes differs by the features of the tests' dependencies
	cargo test --locked --no-run --quiet

contract: program ## Ask the API everything its definition allows and forbids, as everybody
	tests/contract/run.sh

contract-short: program ## The same as two of them, which is what a change must pass
	CONTRACT_EXAMPLES=4 CONTRACT_PERSONAS="trainer hr" tests/contract/run.sh

long: ## The tests that take minutes: a roster of 60,000, with its times; the contract as everybody; every page in every language
	tests/support/with-postgres.sh cargo test --locked --release --test stores -- --ignored --nocapture
	$(MAKE) contract web durability

verdicts: ## How often each verdict on a position is right, as docs/visits.md has it
	MACHIARUKI_VERDICTS=full cargo test --locked --lib visits::tests::measured -- --nocapture

durability: ## Kill it, cut its power, fill its disk, cut its connections, as often as the promise says
	MACHIARUKI_DURABILITY=full tests/support/with-postgres.sh cargo test --locked --test durability -- --nocapture

ui: static/node_modules/.package-lock.json ## Unit tests of the browser app, and its weight
	cd static && npm test && npm run build && npm run budget

web: program tests/web/node_modules/.package-lock.json ## The pages in a real browser, on every screen and in every language; screenshots land in tests/web/output
	cd tests/web && MACHIARUKI_WEB=full npm test

web-short: program tests/web/node_modules/.package-lock.json ## The same, each page on one screen and in one language
	cd tests/web && npm test

screenshots: web ## Take the README's pictures anew
	mkdir -p docs/images
	cd tests/web/output && cp desktop-detail.png desktop-list.png phone-layers.png phone-route.png phone-sign-in.png desktop-roster-preview.png design-desktop-ja-stops.png design-phone-ja-stops.png sheet-a4.png walk-inside.png walk-choose.png record-phone.png outings-detail-phone.png lead-code-phone.png training-ja-phone.png completion-desktop.png ../../../docs/images/

bench: ## Measure against the yardsticks and write docs/benchmarks.md
	@tests/support/install.sh build test bench
	tests/support/with-postgres.sh cargo bench --locked --bench serving -- --write

generate: static/node_modules/.package-lock.json ## Write the API's definition and the browser app's types anew
	MACHIARUKI_SKIP_UI=1 cargo run --locked --quiet -- openapi > static/openapi.json
	cd static && npm run generate

check-generated: static/node_modules/.package-lock.json
	cd static && npm run check-generated

static/node_modules/.package-lock.json: static/package-lock.json
	cd static && npm ci --no-audit --no-fund
	touch $@

tests/web/node_modules/.package-lock.json: tests/web/package-lock.json
	cd tests/web && npm ci --no-audit --no-fund
	touch $@
