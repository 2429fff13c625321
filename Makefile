# make demo: everything a fresh machine needs, then the worked example. make test: the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: install demo test lint types check lock bench fuzz clean

install: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "sayso needs Python 3.11 or newer; name one with: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --only-binary :all: --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

demo: install
	@$(BIN)/sayso demo

test: install
	$(BIN)/python -m pytest

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy

check: test lint types

# Refreshes the pins to the newest versions that pyproject.toml allows, for every system and Python that sayso runs on.
lock: install
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --upgrade --quiet \
		--no-emit-index-url --custom-compile-command "make lock" --output-file requirements.lock

# Minutes long, Linux only (atheris): tries inputs on every parser; findings stay in fuzz/findings.
SECONDS_EACH ?= 20
fuzz: install
	$(BIN)/python -m pip install --quiet "atheris>=3.0"
	$(BIN)/python fuzz/parsers.py --seconds $(SECONDS_EACH)

bench: install
	$(BIN)/python bench/throughput.py

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
