# make site: the site from seeds/, everything it needs included.  make test: every check and test.
# PYTHON names the Python (3.11 or newer) that makes the environment: make PYTHON=python3.12 site
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# Errors are shown; what pip warns of is beyond a reader's reach.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
# The environment is stamped, so that a rerun does only what has changed.
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
CHROMIUM := $(VENV)/.chromium
AUDITS := tests/browser/node_modules/.ready

.DEFAULT_GOAL := help
.PHONY: help site serve check test lint bench requirements clean

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s%s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

site: $(READY) ## Build site/ from seeds/
	@$(BIN)/digest build; status=$$?; [ $$status -eq 3 ] || exit $$status

serve: $(READY) ## Show the site in the browser while you edit
	@$(BIN)/digest serve

check: $(READY) ## Validate the articles, the curation, the languages and the knowledge
	@$(BIN)/digest check

# A file's tests share what they build, so they stay in one process.
test: lint $(CHROMIUM) $(AUDITS) ## Run every check and every test
	$(BIN)/pytest -n auto --dist loadfile

lint: $(READY_DEV) ## Run the checks that need no test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY) ## Measure how fast articles are read (make FOLDER=… bench: those in FOLDER), and the worst of texts
	@$(BIN)/python tools/bench.py $(FOLDER)

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.12 site" if sys.version_info < (3, 11) else 0)'
	@echo "Making the environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(READY): $(VENV)/pyvenv.cfg requirements.txt pyproject.toml
	@echo "Installing what requirements.txt names"
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-build-isolation --no-deps -e .
	@touch $@

$(READY_DEV): $(READY) requirements-dev.txt
	@echo "Installing what requirements-dev.txt names"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

# Installs packages of Debian where that may be done without asking anybody.
DEBIAN = command -v apt-get >/dev/null && as="$$([ "$$(id -u)" = 0 ] || echo sudo -n)" && $$as true 2>/dev/null \
  && $$as apt-get update -qq && $$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(1)

# The browser tests drive Debian's Chromium. Where it can neither be found nor installed, they say so themselves.
FIND_CHROMIUM := for name in chromium chromium-browser google-chrome; do ! command -v $$name >/dev/null || exit 0; done; exit 1

$(CHROMIUM): $(READY_DEV)
	@($(FIND_CHROMIUM)) || ($(call DEBIAN,chromium)) || echo "Please install Chromium (apt-get install chromium); the browser tests need it"
	@! ($(FIND_CHROMIUM)) || touch $@

# The audits, axe-core and Lighthouse, run on Node.js; without it their tests are left out, and fail in CI.
FIND_NPM := command -v npm >/dev/null

$(AUDITS): tests/browser/package.json tests/browser/package-lock.json
	@($(FIND_NPM)) || ($(call DEBIAN,--no-install-recommends nodejs npm)) || echo "Please install Node.js (apt-get install nodejs npm); the audits of the pages need it"
	@! ($(FIND_NPM)) || (echo "Installing what tests/browser/package-lock.json names" && cd tests/browser && npm ci --silent && touch node_modules/.ready)

# Needs uv (python -m pip install uv). No address of an index is written: every installer knows its own.
COMPILE := uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 --no-annotate \
  --no-emit-index-url --no-emit-find-links --custom-compile-command "make requirements"

requirements: ## Pin the newest versions that pyproject.toml and tests/browser/package.json allow
	$(COMPILE) pyproject.toml --group build -o requirements.txt
	$(COMPILE) --group dev -c requirements.txt -o requirements-dev.txt
	cd tests/browser && npm update --package-lock-only --silent

clean: ## Remove what make made
	rm -rf $(VENV) tests/browser/node_modules site examples/site .digest examples/.digest .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
