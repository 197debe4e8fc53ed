# `make help` lists the targets. Everything is installed into .venv, from requirements.lock.
PYTHON ?= python3
UV ?= uv
BIN := .venv/bin
CHROMIUM := chromium chromium-driver
# Tests run on every core; a file stays on one, with what its tests share.
PARALLEL := -n logical --maxprocesses 4 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help install demo report test browser test-long mutation lint types architecture bench bench-scale bench-sweep golden lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

install: .venv/.installed  ## make .venv with the locked packages and zonesim (editable)

.venv/.locked: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { \
	  echo "$(PYTHON) is `$(PYTHON) --version 2>&1`: zonesim needs Python 3.11, 3.12 or 3.13."; \
	  echo "Name one of them, for example: make install PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv --clear .venv || { rm -rf .venv; \
	  echo "$(PYTHON) cannot make a virtual environment: its venv module is missing."; \
	  echo "On Debian or Ubuntu: apt-get install python3-venv; then run make again."; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/.installed: .venv/.locked pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: install  ## compare the plan with the baseline, 200 replicates, into results/demo
	$(BIN)/zonesim compare baseline plan_175 --replicates 200 --out results/demo

report: demo  ## write the report of the demo in both languages, and its workbook, into results/report
	$(BIN)/zonesim report results/demo --lang both --xlsx --out results/report

test: browser  ## run the tests, without those marked long
	$(BIN)/python -m pytest $(PARALLEL) -m "not long"

test-long: browser  ## run the tests marked long, and the property tests on ten times the examples
	$(BIN)/python -m pytest $(PARALLEL) -m long
	ZONESIM_EXAMPLES=10 $(BIN)/python -m pytest $(PARALLEL) -m "hypothesis and not long" tests/property

mutation: install  ## put small faults into the rules and see whether the worked cases notice
	$(BIN)/python -m tests.mutation.run

lint: install  ## check style and layout
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install  ## check the types
	$(BIN)/mypy

browser: install .venv/.axe  ## install what browser tests need: Chromium (as root on Debian), axe-core
	@command -v chromium >/dev/null && command -v chromedriver >/dev/null || { \
	  command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] || { \
	    echo "The browser tests need Chromium. On Debian, as root: apt-get install $(CHROMIUM)"; exit 1; }; \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends $(CHROMIUM); }

.venv/.axe: tests/e2e/browser.requirements.txt .venv/.locked
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --no-deps \
	  --require-hashes --target .venv/axe -r $<
	@touch $@

architecture: install  ## check who imports whom
	$(BIN)/lint-imports

bench: install  ## measure the engine beside the classic Mesa program, into results/bench.json
	$(BIN)/python -m tests.benchmarks.bench

bench-sweep: install  ## measure what keeping a study costs: overhead, memory, reading
	$(BIN)/python -m tests.benchmarks.sweep

bench-scale: install  ## measure what size costs, up to 10,000 zones and a million candidates
	$(BIN)/python -m tests.benchmarks.scale

golden: install  ## rewrite the kept results; REASON="why the numbers moved"
	$(BIN)/python -m tests.golden.runs "$(REASON)"

lock:  ## renew requirements.lock for Python 3.11 to 3.13 (needs uv)
	$(UV) pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	  --fork-strategy fewest --generate-hashes --upgrade --quiet \
	  --no-header --no-emit-index-url --no-emit-find-links --output-file requirements.lock

clean:  ## remove .venv, caches and build products; results/ stays
	rm -rf .venv build dist *.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find sim experiments tests -name __pycache__ -type d -prune -exec rm -rf {} +
