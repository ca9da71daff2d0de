# The same commands for people and for CI. Needs Python 3.11 to 3.13 and make; everything else lands in .venv.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
CONFORMANCE ?= ../shared/conformance
JOBS ?= auto

.DEFAULT_GOAL := help
.PHONY: help demo test check format docs bench fuzz accept conformance package clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# One stamp per set of dependencies, renewed when pyproject.toml changes.
$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' \
		|| { echo "DTL needs Python 3.11 to 3.13; name one with: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@ $(VENV)/.run

$(VENV)/.dev: $(VENV)/.python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.test $(VENV)/.run

demo: $(VENV)/.run ## run real programs over the log lines in examples/
	@$(BIN)/python examples/demo.py

test: $(VENV)/.test ## run the test suite
	@$(BIN)/python -m pytest -n $(JOBS)

check: $(VENV)/.dev ## lint, formatting, types, and the tests of the repository itself
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy dtl stdlib lsp grammar examples benchmarks
	$(BIN)/python -m pytest tests/tidy

format: $(VENV)/.dev ## rewrite the code in the house's format
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

docs: $(VENV)/.run ## write all that is generated: pages, the parser's table, the editor's grammars
	$(BIN)/python -m dtl.syntax.table
	$(BIN)/python -m dtl docs --write docs
	$(BIN)/python -m dtl.reference.textmate

bench: $(VENV)/.test ## measure, side by side
	$(BIN)/python benchmarks/run.py

fuzz: $(VENV)/.test ## search for programs on which the engines differ
	$(BIN)/python -m pytest tests/differential tests/property -n $(JOBS) --long

accept: $(VENV)/.test ## rewrite the expected text of snapshot tests; review the diff
	$(BIN)/python -m pytest tests/codes tests/spec --accept

conformance: $(VENV)/.test ## compare with recorded answers of the reference engine (outside this repository)
	$(BIN)/python tests/oracle/conformance.py $(CONFORMANCE)

package: $(VENV)/.test ## build the sdist and the wheel into dist/
	$(BIN)/python -m build --no-isolation

clean: ## remove the environment and everything that is built
	rm -rf $(VENV) build dist site .mypy_cache .pytest_cache .ruff_cache .hypothesis examples/out
