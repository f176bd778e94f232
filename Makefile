# Everything a fresh machine with Python 3.11+ and make needs happens in here.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: run test soak lint types layers docs bench bench-hedge bench-fabrics audit-worth target-prices clean

run: $(STAMP)
	$(BIN)/planner run scenarios/reference.yaml

test: $(STAMP) lint types layers
	$(BIN)/pytest -n auto

# Long trials of reviews: eight quarters of the reference, hundreds of kills; figures to docs/quality/reviews.md.
soak: $(STAMP)
	$(BIN)/pytest -m soak -n auto tests

lint: $(STAMP)
	$(BIN)/ruff check planner tests benchmarks
	$(BIN)/ruff format --check planner tests benchmarks

types: $(STAMP)
	$(BIN)/mypy

layers: $(STAMP)
	$(BIN)/lint-imports

docs: $(STAMP)
	$(BIN)/python -m planner.cli.generate

bench: $(STAMP)
	$(BIN)/python -m benchmarks.large_program
	$(BIN)/python -m benchmarks.risk_speed
	$(BIN)/python -m benchmarks.reports

bench-hedge: $(STAMP)
	$(BIN)/python -m benchmarks.hedge_speed

bench-fabrics: $(STAMP)
	$(BIN)/python -m benchmarks.wired_reference

audit-worth: $(STAMP)
	$(BIN)/python -m benchmarks.audit_worth

target-prices: $(STAMP)
	$(BIN)/python -m benchmarks.target_prices

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	@touch $(STAMP)

clean:
	rm -rf $(VENV)
