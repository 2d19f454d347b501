# Everything a developer or a curious reader needs: make demo, make test, make check, make bench, make faults.

PYTHON ?= python3
BIN := .venv/bin
DEMO_SERVE ?= 1
export PYTHONUNBUFFERED := 1

.PHONY: demo test check bench faults install messages lock clean-demo

demo: install
	@$(BIN)/python manage.py demo $(if $(filter 0,$(DEMO_SERVE)),,--serve)

test: install
	@$(BIN)/pytest

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy crm campaigns letters cms manage.py
	$(BIN)/djlint --quiet --lint crm campaigns letters cms
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/python -m tests.catalogues

bench: install
	@$(BIN)/python -m tests.bench

faults: install
	@$(BIN)/python -m tests.faults

# Collects the texts to translate (needs gettext) and compiles the catalogues.
messages: install
	@for room in crm campaigns letters cms; do \
		(cd $$room && ../$(BIN)/python ../manage.py makemessages --locale nl --no-wrap --no-obsolete --no-location --verbosity 0); done
	@$(MAKE) --no-print-directory .venv/catalogues

lock:
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		pyproject.toml --group dev -o requirements.lock

install: .venv/installed .venv/catalogues

.venv/installed: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "Spreekbuis needs Python 3.11 or newer; set it with: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv 2>/dev/null \
		|| { rm -rf .venv; echo "Python cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Installing what Spreekbuis needs (once, about a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv \
		&& $(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock \
		|| { echo "Installing failed: is there a connection to the package registry?"; exit 1; }
	@touch $@

.venv/catalogues: .venv/installed $(wildcard */locale/*/LC_MESSAGES/django.po)
	@for room in crm campaigns letters cms; do \
		if [ -d $$room/locale ]; then $(BIN)/pybabel --quiet compile --use-fuzzy --domain django --directory $$room/locale; fi; done
	@touch $@

clean-demo:
	rm -rf var
