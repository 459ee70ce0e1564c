# make demo   read the examples and print their claims        make test   set up and check everything
# make eval   the scoreboard, with its gate on floors          make bench  what it costs
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
# A stamp is named after what was installed, so that a changed pin installs again and nothing else does.
KEY    := $(shell cat pyproject.toml constraints.txt | cksum | tr -d ' ')
READY  := $(VENV)/.ready-$(KEY)
DEV    := $(VENV)/.ready-dev-$(KEY)

.PHONY: demo test lint types layers unit docs wheel eval bench fuzz coverage format clean
.DEFAULT_GOAL := demo

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(READY): | $(BIN)/python
	$(PIP) install --constraint constraints.txt --editable .
	touch $@

$(DEV): | $(BIN)/python
	$(PIP) install --constraint constraints.txt --editable '.[dev,docs]'
	touch $@ $(READY)

demo: $(READY)
	$(BIN)/sijill read --table examples/reports.jsonl

test: lint types layers unit docs wheel

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV)
	$(BIN)/mypy

layers: $(DEV)
	$(BIN)/lint-imports

unit: $(DEV)
	$(BIN)/pytest -q

docs: $(DEV)
	$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html
	$(BIN)/sphinx-build -W --keep-going -q -b doctest docs docs/_build/doctest

wheel: $(DEV)
	$(BIN)/python scripts/check_wheel.py

eval: $(DEV)
	$(BIN)/python eval/scoreboard.py

bench: $(DEV)
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

# make fuzz MINUTES=10
MINUTES ?= 1
fuzz: $(DEV)
	$(BIN)/python scripts/fuzz.py $(MINUTES)

coverage: $(DEV)
	$(BIN)/pytest -q --cov --cov-report=term

format: $(DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf build dist docs/_build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
