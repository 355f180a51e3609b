# make run · make test · make sample · make bench · make lint · make format

HOST ?= localhost
PORT ?= 8501
ARGS ?=
export PIP_DEFAULT_TIMEOUT ?= 60

PY := .venv/bin/python
CODE := core pages sample_data tests benchmarks tools $(wildcard dashboard.py serve.py conftest.py)

.PHONY: run test sample bench lint check-format check-lint check-types format environment dev-environment

run: environment
	$(PY) -m core warm
	exec $(PY) -m streamlit run serve.py --server.address "$(HOST)" --server.port "$(PORT)"

test: dev-environment
	browser=$$($(PY) tools/browser.py) && postgres=$$($(PY) tools/postgres.py) && \
	TOUCHSTONE_BROWSER="$$browser" TOUCHSTONE_POSTGRES="$$postgres" $(PY) -m pytest -n 2 --dist loadfile $(ARGS)

sample: environment
	$(PY) -m sample_data.generate $(ARGS)

bench: dev-environment
	$(PY) -m benchmarks $(ARGS)

# .pre-commit-config.yaml and .ci/run call the same three.
lint: check-format check-lint check-types

check-format: dev-environment
	$(PY) -m ruff format --check .

check-lint: dev-environment
	$(PY) -m ruff check .

check-types: dev-environment
	$(PY) -m mypy $(CODE)

format: dev-environment
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

environment:
	@sh tools/environment.sh requirements.txt

dev-environment:
	@sh tools/environment.sh requirements.txt requirements-dev.txt
