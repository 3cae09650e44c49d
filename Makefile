# Every target sets up what it needs: only Python 3.11 to 3.13 and make are expected.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
SHELL := /bin/sh

.PHONY: help run test lint eval bench setup setup-dev lock clean
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

run: setup ## start everything that is configured (web chat on http://127.0.0.1:8080)
	@exec $(PY) run.py

test: setup-dev ## all tests, on two cores where there are two
	@$(PY) -m pytest -n logical --maxprocesses=2 --dist loadfile

lint: setup-dev ## ruff and mypy
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy

eval: setup-dev ## answer quality over questions, conversations, ways of asking and references made by rule
	@$(PY) -m benchmarks.questions && $(PY) -m benchmarks.follow_ups && $(PY) -m benchmarks.frames && $(PY) -m benchmarks.references && $(PY) -m benchmarks.proposer

bench: setup-dev ## latency, load and kill measurements
	@$(PY) -m benchmarks

setup: $(VENV)/.run ## the virtual environment for running

setup-dev: $(VENV)/.dev ## the same with what tests and linters need

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v <= (3, 13) else "Rahyar needs Python 3.11, 3.12 or 3.13; this is %d.%d. Name another one: make PYTHON=python3.12 run" % v)'
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "This Python comes without venv. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Making a virtual environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

# --no-deps: the lock is complete, and hazm's own pins would be refused by pip (docs/decisions/0002-lock.md).
$(VENV)/.run: requirements.lock | $(VENV)/bin/python
	@echo "Installing what Rahyar needs (one or two minutes) …"
	@$(PY) -m pip install --disable-pip-version-check --no-deps --require-hashes -r requirements.lock | grep -E '^(Collecting|Installing|Successfully)' | sed 's/ (from .*//; s/^Successfully.*/Installed./; s/^Installing.*/Unpacking …/'
	@$(PY) -c 'import aiogram, sqlalchemy, tantivy' && touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@echo "Installing what the tests need …"
	@$(PY) -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@$(PY) -c 'import pytest, mypy' && touch $@

lock: ## resolve the dependencies anew (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements-dev.lock
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header -q -c requirements-dev.lock -o requirements.lock

clean: ## remove the virtual environment and caches (never the data)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
