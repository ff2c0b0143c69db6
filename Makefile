# Two commands for newcomers: `make learn` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
# As many tests at a time as there are cores; FRESH=1 gives every verdict again, and trusts none
# that was kept in .cache.
WORKERS ?= auto
PYTEST = $(if $(FRESH),REMODEL_FRESH=1 )$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup $(SLOWEST)
# What took longest is named at the end: the gate has 45 minutes.
SLOWEST := --durations 25 --durations-min 5
PIP    := $(BIN)/python -m pip --disable-pip-version-check install -q -c constraints.txt

.DEFAULT_GOAL := help
.PHONY: help learn install dev test test-all lint types fix seeds bench bench-class bench-pages constraints notebooks site zip nightly nightly-seeds nightly-spoilers nightly-sqlite nightly-tests zensical release clean

help:  ## list these commands
	@sed -n 's/^\([a-z][a-z-]*\):[^#]*## \(.*\)/  make \1@\2/p' $(MAKEFILE_LIST) | awk -F@ '{ printf "%-20s %s\n", $$1, $$2 }'

learn: install  ## install the course and open it: begin here
	@$(BIN)/remodel

install: $(VENV)/.installed  ## make .venv and install what a learner needs

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

dev: $(VENV)/.dev  ## install what the tests, the site and the notebooks need

$(VENV)/.dev: $(VENV)/.installed
	@echo "Installing what the tests need (a few minutes the first time) …"
	@$(PIP) -e '.[notebooks,site,databases,dev]'
	@touch $@

test: dev lint types  ## check style, types and everything but the slow tests
	$(PYTEST) tests -m "not slow"

test-all: test  ## the slow tests too: the whole gate
	$(PYTEST) tests -m "slow and not nightly"

lint: dev  ## ruff, and which module may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache

types: dev  ## mypy
	$(BIN)/mypy

fix: dev  ## repair style and refill the generated pages
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/remodel dev refresh

seeds: dev  ## grade every shipped answer with fifty seeds, and every rewrite of the solutions
	$(BIN)/remodel dev check --seeds 50
	$(BIN)/remodel dev rewrite
	$(BIN)/remodel dev spoil

bench: dev  ## the speed of a grading as ratios; AGAINST=checkout compares both
	$(BIN)/python -m tests.benchmarks.run $(if $(AGAINST),--against $(AGAINST))

bench-class: dev  ## what grading a class costs, beside otter-grader and nbgrader
	$(BIN)/python -m tests.benchmarks.of_a_class

bench-pages: dev  ## what the pages cost a phone: main thread, and Lighthouse's marks
	$(BIN)/python -m tests.benchmarks.pages

# Pins that still fit are kept.
constraints: dev  ## resolve constraints.txt for every supported Python and system
	$(BIN)/uv pip compile -q --universal --fork-strategy fewest --python-version 3.11 --all-extras --no-header --output-file constraints.txt pyproject.toml

notebooks: $(VENV)/.installed  ## install Jupyter and open your copies of the notebooks
	$(PIP) -e '.[notebooks]'
	@$(BIN)/remodel notebook

site: $(VENV)/.installed  ## build the site in site/, for a server; `remodel site` opens a copy of its own
	$(PIP) -e '.[site]'
	NO_MKDOCS_2_WARNING=1 PAGE_DATES="$$($(BIN)/python -m remodel.site.dates)" $(BIN)/mkdocs build --strict

# It needs npm.
zip: dev  ## pack the site for reading without a server: dist/remodel-site.zip
	$(BIN)/remodel dev zip

# It needs Chromium and npm.
nightly: dev  ## every page under axe in light and dark, and Lighthouse
	$(BIN)/python -m tests.nightly.run

zensical: dev  ## build the site with MkDocs' successor too, and print what differs
	$(BIN)/python -m tests.nightly.zensical

# It needs npm and a C compiler.
nightly-sqlite: dev  ## experiments on the newest SQLite, compiled from its source
	$(BIN)/python -m tests.nightly.sqlite

# It needs a MariaDB; PostgreSQL comes with `make dev`.
nightly-tests: dev  ## every solution on two servers; mutants and seeds that the gate leaves out
	REMODEL_REQUIRE=postgresql,mariadb $(PYTEST) tests -m nightly

# It needs PostgreSQL, which comes with `make dev`.
nightly-seeds: dev  ## exercises of the last lesson with fifty seeds, and beside busy processors
	$(BIN)/python -m tests.nightly.seeds

nightly-spoilers: dev  ## twenty spoilers of each catalogue for each exercise
	$(BIN)/remodel dev spoil --sample 20

release: $(if $(VERSION),dev)  ## VERSION=x.y.z: date the changelog, commit and tag; pushes nothing
	@test -n "$(VERSION)" || { echo "Name the version: make release VERSION=x.y.z" >&2; exit 2; }
	$(BIN)/remodel dev release $(VERSION)

clean:  ## remove what the tools leave behind
	rm -rf site .cache .pytest_cache .mypy_cache .ruff_cache
