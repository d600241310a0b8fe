# `make run` and `make test` set up everything they need by themselves: see packaging/README.md.
PYTHON ?=
BIN := .venv/bin
BENCHMARKS := $(sort $(basename $(notdir $(wildcard tests/benchmarks/bench_*.py))))

.PHONY: run test lint format bench translations screenshot pins setup clean

run: setup  ## open the sample walk; without a display, write it to exports/
	@sh packaging/run.sh

test: setup  ## all tests; `make test ARGS="-k photo"` for some
	$(BIN)/python -m pytest -n auto $(ARGS)

lint: setup  ## style, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright

format: setup  ## put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup  ## measure against the goals; `make bench BENCHMARKS=bench_canvas` for one
	@for name in $(BENCHMARKS); do echo "== $$name"; $(BIN)/python -m tests.benchmarks.$$name || exit 1; done

translations: setup  ## collect the sentences, bring the catalogues up to date, compile them
	$(BIN)/python packaging/translations.py

screenshot: setup  ## the picture of README.md
	@sh packaging/screenshots.sh

pins: setup  ## renew packaging/requirements.txt by the newest versions that pyproject.toml allows
	@sh packaging/pins.sh

setup:
	@PYTHON="$(PYTHON)" sh packaging/bootstrap.sh

clean:  ## remove what the targets above made, but for .venv
	rm -rf build dist .pytest_cache .ruff_cache .hypothesis exports/run-*
	find . -name .venv -prune -o -name __pycache__ -type d -exec rm -rf {} +
