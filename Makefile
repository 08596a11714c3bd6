# What can be done with a checkout; see CONTRIBUTING.md. Nothing here needs root, a service or Node,
# except `assets`, which is for those who change the interface's own libraries.

PORT ?= 8000
DATA_DIR ?= var
BASE_URL ?= http://127.0.0.1:$(PORT)
SEED_DIR ?= ../shared/seed
REQUIRE ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
export SEED_DIR REQUIRE

# Settings for the checks that only need them to load; nothing is ever encrypted with this key.
CHECK_ENV := SECRET_KEY=only-for-checks-only-for-checks-only-for-checks-only-for DATA_DIR=$(VENV)/check-data

.PHONY: demo test check bench assets translations
.DEFAULT_GOAL := demo
.NOTPARALLEL:

demo: $(VENV)/.runtime $(VENV)/.project
	@DATA_DIR='$(DATA_DIR)' BASE_URL='$(BASE_URL)' $(BIN)/congdoan setup --demo
	@DATA_DIR='$(DATA_DIR)' BASE_URL='$(BASE_URL)' exec $(BIN)/congdoan serve --port $(PORT)

# Spark is some hundred megabytes: only where Java could run it.
test: $(VENV)/.dev $(VENV)/.project $(if $(shell command -v java),$(VENV)/.spark)
	@$(BIN)/python tools/run_tests.py

check: $(VENV)/.dev $(VENV)/.project
	@mkdir -p $(VENV)/check-data
	$(BIN)/ruff check src tests bench tools
	$(BIN)/ruff format --check src tests bench tools
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files '*/templates/*.html')
	$(CHECK_ENV) $(BIN)/mypy
	$(BIN)/lint-imports
	$(CHECK_ENV) $(BIN)/python -m django makemigrations --check --dry-run --settings=congdoan.config.settings
	$(CHECK_ENV) BASE_URL=https://example.vn $(BIN)/python -m django check --deploy --fail-level=WARNING --settings=congdoan.config.settings
	$(BIN)/python tools/translations.py check

bench: $(VENV)/.dev $(VENV)/.project
	@$(BIN)/python -m bench

# Fetches the interface's libraries and copies what is served into the package. The result is committed.
assets:
	npm --prefix assets ci --no-audit --no-fund
	npm --prefix assets run build

translations: $(VENV)/.dev $(VENV)/.project
	$(BIN)/python tools/translations.py update
	$(BIN)/python tools/translations.py compile

$(BIN)/python:
	@for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "Chuẩn bị môi trường với $$name / preparing the environment with $$name"; \
	    "$$name" -m venv $(VENV) && exit 0; \
    rm -rf $(VENV); \
    echo "Không tạo được môi trường; trên Debian hãy cài python3-venv. / Could not make the environment." >&2; exit 1; \
	  fi; \
	done; \
	echo "Cần Python 3.11 trở lên. Hãy cài rồi chạy lại. / Python 3.11 or newer is needed." >&2; exit 1

$(VENV)/.runtime: requirements/runtime.lock | $(BIN)/python
	@echo "Cài thư viện / installing libraries"
	@$(PIP) install --require-hashes -r requirements/runtime.lock
	@touch $@

$(VENV)/.dev: requirements/dev.lock | $(BIN)/python
	@echo "Cài thư viện và công cụ / installing libraries and tools"
	@$(PIP) install --require-hashes -r requirements/dev.lock
	@touch $@

$(VENV)/.spark: requirements/spark.lock $(VENV)/.dev | $(BIN)/python
	@echo "Cài Spark / installing Spark"
	@$(PIP) install --require-hashes --no-build-isolation -r requirements/spark.lock
	@touch $@

# The build backend is in the locks, so that installing the project itself fetches nothing.
$(VENV)/.project: pyproject.toml | $(BIN)/python
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
