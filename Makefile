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
test: lint $(CHROMIUM) ## Run every check and every test
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

# The browser tests drive Debian's Chromium. Where it can neither be found nor installed, they say so themselves.
FIND_CHROMIUM := for name in chromium chromium-browser google-chrome; do ! command -v $$name >/dev/null || exit 0; done; exit 1

$(CHROMIUM): $(READY_DEV)
	@if ($(FIND_CHROMIUM)); then :; \
	elif ! command -v apt-get >/dev/null; then echo "Please install Chromium; the browser tests need it"; \
	elif [ "$$(id -u)" = 0 ]; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; \
	elif sudo -n true 2>/dev/null; then sudo -n apt-get update -qq && sudo -n env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; \
	else echo "Please install Chromium (apt-get install chromium); the browser tests need it"; fi
	@! ($(FIND_CHROMIUM)) || touch $@

# Needs uv (python -m pip install uv). No address of an index is written: every installer knows its own.
COMPILE := uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 --no-annotate \
  --no-emit-index-url --no-emit-find-links --custom-compile-command "make requirements"

requirements: ## Pin the newest versions that pyproject.toml allows
	$(COMPILE) pyproject.toml --group build -o requirements.txt
	$(COMPILE) --group dev -c requirements.txt -o requirements-dev.txt

clean: ## Remove what make made
	rm -rf $(VENV) site examples/site .digest examples/.digest .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
