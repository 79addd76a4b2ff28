# `make demo` and `make test` work on a fresh machine with Python 3.11 (and its venv module), pip and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := news crawler storage scheduler ui
# A lock's checksum names the stamp: an unchanged lock makes the second run quick, a changed one installs again.
sum = $(shell cat $(1) pyproject.toml | cksum | cut -d' ' -f1)
RUN_STAMP := $(VENV)/.installed-$(call sum,requirements.lock)
DEV_STAMP := $(VENV)/.installed-dev-$(call sum,requirements-dev.lock)
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo run test lint format bench promises clean

demo: $(RUN_STAMP)
	$(BIN)/presswatch demo

run: $(RUN_STAMP)
	$(BIN)/presswatch run

test: $(DEV_STAMP) lint
	$(BIN)/python -m pytest --numprocesses=3 --dist=loadfile --no-loadscope-reorder

lint: $(DEV_STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV_STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(DEV_STAMP)
	$(BIN)/python -m bench

promises: $(DEV_STAMP)
	PRESSWATCH_PROMISES=full $(BIN)/python -m pytest --timeout=3600

clean:
	rm -rf $(VENV) var .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): | $(VENV)/bin/python
	@echo "Setting up (once): installing the packages of requirements.lock ..."
	$(INSTALL) --require-hashes --only-binary :all: -r requirements.lock
	$(INSTALL) --no-index --no-build-isolation --no-deps -e .
	@touch $@

$(DEV_STAMP): | $(RUN_STAMP)
	@echo "Setting up the tests (once): installing the packages of requirements-dev.lock ..."
	$(INSTALL) --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@
