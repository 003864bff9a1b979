# Everything runs in .venv, made here; the system's Python is not touched.
# The first Python that runs and is new enough; another can be named: make PYTHON=python3.12 report
ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do $$p -c '$(ENOUGH)' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PO := vinhchau_kpi/locale/vi/LC_MESSAGES/kpi.po
SAMPLES := data/samples/2019-*.csv
RUNS := 20000

.PHONY: report test lint messages docs browser pictures encodings diffs bench fuzz clean

report: .venv/installed  ## set up, then print the report of the sample figures
	@$(BIN)/kpi report --actuals "$(SAMPLES)"

test: .venv/tested  ## set up, then run the tests
	$(BIN)/python -m pytest -n auto

lint: .venv/linted
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

messages: .venv/tested  ## collect the sentences of the code into the catalogue
	$(BIN)/pybabel -q extract -k N_ -k plural:1,2 --no-location --sort-output --omit-header -o .venv/kpi.pot vinhchau_kpi
	$(BIN)/pybabel -q update -l vi -D kpi -d vinhchau_kpi/locale -i .venv/kpi.pot --no-fuzzy-matching --ignore-obsolete --omit-header --no-wrap
	$(BIN)/python hatch_build.py

doubts: .venv/tested  ## measure the doubts and write the tables of docs/doubts.md; three quarters of a minute
	$(BIN)/python -m benchmarks.doubts --write

docs: .venv/tested  ## write the pages that are made from the program
	$(BIN)/python docs/generate.py

browser: .venv/tested  ## what the tests that open Chromium need; Chromium itself comes from the system
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group browser

pictures: .venv/tested  ## make the pictures of the README from the program itself
	$(BIN)/python docs/pictures.py

encodings: .venv/tested  ## measure who finds the encoding of small files, and write the page of it
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench
	$(BIN)/python -m benchmarks.encodings --write

diffs: .venv/tested  ## measure kpi diff of two files against csv-diff and daff, and write the page of it
	test -d .venv/peers || $(PYTHON) -m venv .venv/peers
	.venv/peers/bin/python -m pip install --quiet --disable-pip-version-check csv-diff daff
	$(BIN)/python -m benchmarks.diffs .venv/peers --write

bench: .venv/tested  ## measure kpi from a thousand rows to five million against floors and other tools, and write the page of it
	test -d .venv/peers || $(PYTHON) -m venv .venv/peers
	.venv/peers/bin/python -m pip install --quiet --disable-pip-version-check frictionless "pandera[polars]" dataframely csv-diff daff
	$(BIN)/python -m benchmarks.run .venv/peers --write

fuzz: .venv/tested  ## mutate the seeds twenty thousand times; RUNS=... for another number
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group fuzz
	$(BIN)/python fuzz/intake.py --runs $(RUNS)

clean:
	rm -rf .venv dist build .pytest_cache .mypy_cache .ruff_cache .coverage htmlcov

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed. If it has another name, say it: make PYTHON=... $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"

.venv/installed: .venv/bin/python pyproject.toml hatch_build.py $(PO)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/tested: .venv/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group test
	@touch $@

.venv/linted: .venv/tested
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group lint
	@touch $@

.PHONY: coverage install-check

coverage: .venv/tested  ## every line that no test runs, and a floor below which the share must not fall
	$(BIN)/python -m pytest -n auto --cov --cov-report=term --cov-fail-under=90

install-check: .venv/bin/python  ## the wheel from an empty environment, with its dependencies
	rm -rf dist .venv/installcheck && $(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .
	$(PYTHON) -m venv .venv/installcheck && .venv/installcheck/bin/python -m pip install --quiet --disable-pip-version-check dist/*.whl
	cd / && "$(CURDIR)/.venv/installcheck/bin/kpi" report --actuals "$(CURDIR)/$(SAMPLES)" > /dev/null
	@echo "install-check: the installed kpi prints the report"
