# Vierspan: make run starts a working example municipality; make test runs everything.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
BROKERS ?= 1
ROUNDS ?= 20
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
export UV_SYSTEM_CERTS ?= 1
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
MEMBERS := platform services/intake services/matching services/reporting infra/embedded

.PHONY: help setup run local test test-faults test-faults-of-parts test-on-postgresql check kafka faults bench lock messages clean

help:
	@echo "make run     start Vierspan with example data (HOST, PORT, VIERSPAN_DATA, EXAMPLE=full|register|none)"
	@echo "make local   start the service form without Docker: real PostgreSQL, Redis, Kafka, sign-in and proxy (PORT, VIERSPAN_DATA, EXAMPLE)"
	@echo "make test    run every test; VIERSPAN_REQUIRE=all makes a missing broker or browser a failure"
	@echo "make check   style, types and import rules"
	@echo "make kafka   start a real Kafka broker on free ports, or three with BROKERS=3; needs Java 17 and Maven"
	@echo "make faults  kill, stall and starve the service form again and again (ROUNDS=20, SEED), as a table in var/faults.md"
	@echo "make bench   benchmarks, as tables of ratios"
	@echo "make lock    renew requirements/*.lock"
	@echo "make messages  gather the texts to translate and compile the English ones (needs GNU gettext)"
	@echo "make setup   the virtual environment and the front-end files, without starting anything"
	@echo "make clean   remove what setup made; data stays"

$(VENV)/.uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing: install the package python3-venv."; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.lock
	@touch $@

$(VENV)/.run: $(VENV)/.uv requirements/run.lock $(addsuffix /pyproject.toml,$(MEMBERS))
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps $(addprefix -e ,$(MEMBERS))
	@touch $@

$(VENV)/.assets: $(VENV)/.run package-lock.json
	@$(BIN)/python -m coordination.web.shell.assets
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements/test.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/test.lock
	@touch $@

setup: $(VENV)/.run $(VENV)/.assets

run: setup
	@exec $(BIN)/vierspan serve

local: setup
	@exec $(BIN)/python -m infra.local

ROOMS := $(foreach room,commands projections queries,$(wildcard tests/*/$(room))) tests/coordination/events tests/coordination/identity

# Those that need no house of nine processes.
PARTS := $(addprefix tests/faults/test_,embedded_kills.py kills.py portions.py postgresql_processes.py redelivery.py upload_killed.py)

test: setup $(VENV)/.test
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --ignore=tests/faults
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target test-faults test-on-postgresql test-faults-of-parts

# Faults mostly wait for something to come back, so another test may compute meanwhile.
test-faults:
	@echo "the faults that must be survived:"
	@$(BIN)/python -m pytest -q tests/faults $(addprefix --ignore=,$(PARTS))

test-faults-of-parts:
	@echo "the faults of one process or of parts:"
	@$(BIN)/python -m pytest -q $(PARTS)

test-on-postgresql:
	@if $(BIN)/python -c 'import sys; from coordination.testing import needs; sys.exit(needs.postgresql() is None)'; then \
		echo "the rooms that touch a database, on PostgreSQL:"; \
		$(BIN)/python -m pytest -q --ds=tests.postgres_settings $(ROOMS); \
	elif [ "$$VIERSPAN_REQUIRE" = all ]; then echo "PostgreSQL is missing, and VIERSPAN_REQUIRE=all allows no skipping"; exit 1; \
	else echo "skipped on PostgreSQL: its programs are not installed"; fi

check: setup $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

kafka:
	@exec $(PYTHON) -m infra.kafka.local.broker --brokers $(BROKERS) $(if $(KAFKA_FOLDER),--folder $(KAFKA_FOLDER))

faults: setup $(VENV)/.test
	@mkdir -p var
	FAULT_ROUNDS=$(ROUNDS) FAULT_SEED=$(SEED) FAULT_TABLE=var/faults.md $(BIN)/python -m pytest -q -o faulthandler_timeout=7200 tests/faults

bench: setup $(VENV)/.test
	$(BIN)/python -m bench

lock: $(VENV)/.uv
	$(BIN)/uv export --all-packages --no-emit-workspace --no-header --format requirements-txt -q -o requirements/run.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q -c requirements/run.lock requirements/test.in -o requirements/test.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q requirements/uv.in -o requirements/uv.lock

SPEAKING := platform/src/coordination/web/shell platform/src/coordination/web/mending platform/src/coordination/identity $(wildcard services/*/src/[a-z]*)

messages: setup
	@command -v msgfmt >/dev/null || { echo "GNU gettext is missing: install the package gettext."; exit 1; }
	@for place in $(SPEAKING); do \
		mkdir -p $$place/locale/en/LC_MESSAGES && cd $$place && \
		$(CURDIR)/$(BIN)/django-admin makemessages -l en --no-location --no-wrap --no-obsolete -v 0 && \
		$(CURDIR)/$(BIN)/django-admin compilemessages -v 0 && cd $(CURDIR) || exit 1; \
	done

clean:
	rm -rf $(VENV) staticfiles
