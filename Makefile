# Two commands for newcomers: `make learn` and `make test`. The rest is for developers.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check install -q -c constraints.txt

.PHONY: learn install dev test test-all lint types seeds bench golden constraints notebooks site zip nightly clean

learn: install
	@$(BIN)/remodel

install: $(VENV)/.installed

# `.python` in an environment says where it was made. One that was moved, or whose interpreter is
# gone, is made again: its scripts name a place or a Python that no longer exists.
ifneq ($(shell $(BIN)/python -c 'import os; print(open("$(VENV)/.python").read() == os.path.abspath("$(VENV)"))' 2>/dev/null),True)
.PHONY: $(VENV)/.python
endif

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Remodel needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 learn")'
	@echo "Making $(VENV) …"
	@if test -f $@ || ! $(BIN)/python -c '' 2>/dev/null; then clear=--clear; fi; $(PYTHON) -m venv $$clear $(VENV)
	@$(BIN)/python -c 'import os; open("$@", "w").write(os.path.abspath("$(VENV)"))'

$(VENV)/.installed: $(VENV)/.python pyproject.toml constraints.txt
	@echo "Installing Flask-Migrate and the rest (under a minute) …"
	@$(PIP) -e .
	@touch $@

dev: $(VENV)/.dev

$(VENV)/.dev: $(VENV)/.installed
	@echo "Installing what the tests need (a few minutes the first time) …"
	@$(PIP) -e '.[notebooks,site,databases,dev]'
	@touch $@

test: dev lint types
	$(BIN)/python -m pytest tests -m "not slow" -n 2 --dist loadgroup

test-all: test
	$(BIN)/python -m pytest tests -m slow -n 2 --dist loadgroup

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache

types: dev
	$(BIN)/mypy

# Each right answer must pass, and each wrong one fail, with fifty seeds.
seeds: dev
	$(BIN)/remodel dev check --seeds 50

bench: dev
	$(BIN)/python -m tests.benchmarks.run

golden: dev
	REMODEL_WRITE_GOLDEN=1 $(BIN)/python -m pytest tests/grading/test_exercises.py -k reviewed -n 2 --dist loadgroup

# Versions that hold for every supported Python and system; pins that still fit are kept.
constraints: dev
	$(BIN)/uv pip compile -q --universal --fork-strategy fewest --python-version 3.11 --all-extras --no-header --output-file constraints.txt pyproject.toml

notebooks: $(VENV)/.installed
	$(PIP) -e '.[notebooks]'
	$(BIN)/jupyter lab notebooks

site: dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

# A copy of the site that opens from a file: dist/remodel-site.zip. It needs npm.
zip: dev
	$(BIN)/remodel dev zip

# Every page under axe in light and dark, and Lighthouse. It needs Chromium and npm, and minutes.
nightly: dev
	$(BIN)/python -m tests.nightly.run

clean:
	rm -rf site .pytest_cache .mypy_cache .ruff_cache
