# Everything a person does with this checkout; `make help` lists it.

BIN := .venv/bin
CODE := src tests $(wildcard bench) scripts/settings-table scripts/confusables-table scripts/wire-contract \
	scripts/sql-statements scripts/build-web hatch_build.py
WEB := wire/schema.json $(shell find web -path web/node_modules -prune -o -type f -not -name generated.ts -print)
PAGE := src/hubbub/static/index.html

# Where it is set, each of the suite's thousands of starts would compile all that it loads.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test coverage check page screens bench bench-web library doors format wire chaos clean

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/.ready-to-run $(PAGE) ## Start the server on 127.0.0.1:4242, with its data in .data/ (other options: ARGS="…")
	@$(BIN)/hubbub serve $(ARGS)

test: .venv/.ready-to-test $(PAGE) ## Run all tests (some tests: ARGS="tests/core")
	@$(BIN)/python scripts/build-web test
	@$(BIN)/pytest $(ARGS) --no-cov --numprocesses 4 --dist loadfile

coverage: .venv/.ready-to-test $(PAGE) ## Run all tests in Python and report which branches they do not reach; twice as slow as `test`
	@$(BIN)/pytest $(ARGS) --cov --numprocesses 4 --dist loadfile

check: .venv/.ready-to-test ## Check format, lint, types, import contracts, generated parts and spelling
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/mypy --scripts-are-modules $(CODE)
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python scripts/settings-table --check
	@$(BIN)/python scripts/wire-contract --check
	@$(BIN)/python scripts/sql-statements --check
	@$(BIN)/codespell
	@$(BIN)/python scripts/build-web check

page: $(PAGE) ## Build the page for browsers, where something has changed since

screens: .venv/.ready-to-test $(PAGE) ## Take a picture of every screen, for docs/screens (some: ARGS="room entrance")
	@$(BIN)/python -m tests.browser.pictures $(ARGS)

bench: .venv/.ready-to-test ## Measure the server beside a bare broadcaster, and print a table
	@$(BIN)/python -m bench $(ARGS)

bench-web: .venv/.ready-to-test $(PAGE) ## Measure the page for browsers in Chromium (one row: ARGS="--only scrolling")
	@$(BIN)/python -m bench.web $(ARGS)

library: .venv/.ready-to-test ## Measure a store of five million messages (ten minutes and 2 GB; fewer: ARGS="--messages 100000")
	@$(BIN)/python -m bench.library $(ARGS)

doors: .venv/.ready-to-test ## Measure sending over HTTP and files of a gigabyte (smaller files: ARGS="--megabytes 64")
	@$(BIN)/python -m bench.doors $(ARGS)

format: .venv/.ready-to-test ## Format the code, mend what lint can mend, and write the generated parts anew
	@$(BIN)/ruff format $(CODE)
	@$(BIN)/ruff check --fix $(CODE)
	@$(BIN)/python scripts/settings-table
	@$(BIN)/python scripts/sql-statements
	@$(BIN)/python scripts/wire-contract
	@$(BIN)/python scripts/build-web format

wire: .venv/.ready-to-test ## Write what clients in other languages are made from and tested with: wire/, and docs/protocol.md
	@$(BIN)/python scripts/wire-contract

chaos: .venv/.ready-to-test ## Cut, delay and repeat fifty clients' connections for about a minute (longer: ROUNDS=1000)
	@CHAOS_ROUNDS=$(or $(ROUNDS),100) $(BIN)/pytest --no-cov tests/client/test_chaos.py $(ARGS)

clean: ## Remove everything that was made, but never .data/
	@rm -rf .venv .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache dist htmlcov
	@rm -rf src/hubbub/static web/node_modules web/src/wire/generated.ts
	@find src tests $(wildcard bench) scripts -name __pycache__ -type d -prune -exec rm -rf {} +

# These stand for a finished .venv: without a change of the files on the right, nothing is fetched again.
.venv/.ready-to-run: pyproject.toml constraints.txt scripts/setup-venv
	@scripts/setup-venv ssh
	@touch $@

.venv/.ready-to-test: pyproject.toml constraints.txt scripts/setup-venv
	@scripts/setup-venv dev
	@touch .venv/.ready-to-run $@

# With the machine's own node where it is new enough, else with one from PyPI, in .venv.
$(PAGE): $(WEB) scripts/build-web | .venv/.ready-to-run
	@$(BIN)/python scripts/build-web --has-node || scripts/setup-venv page
	@echo "Building the page for browsers ..."
	@$(BIN)/python scripts/build-web build
