# Two commands for a newcomer: `make run` and `make test`. Each sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: run test check bench bench-desk bench-moderation format lock messages help

help: ## list these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ —/'

$(VENV)/base.stamp: requirements/base.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	@echo "== Environment: locked packages into $(VENV)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/base.stamp
	@echo "== Environment: locked packages for tests and checks into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

.env:
	@echo "== Settings: a new .env with a secret key of its own"
	@umask 077; { \
	  echo "DJANGO_SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')"; \
	  echo "NEWSROOM_HTTPS=false"; \
	  echo "NEWSROOM_EMAIL_VERIFICATION=optional"; } > .env

run: $(VENV)/base.stamp .env ## serve the newspaper on 127.0.0.1:8000
	@mkdir -p var
	@$(MANAGE) prepare --static
	@echo "== Seed page"
	@$(MANAGE) import_page fixtures/article-syrie.txt
	@echo "== Demo accounts"
	@$(MANAGE) demo_accounts
	@echo "== http://$(HOST):$(PORT)/ — stop with Ctrl+C"
	@$(BIN)/granian --interface wsgi --host $(HOST) --port $(PORT) --workers 2 --no-ws --log-level warning newsroom.wsgi:application

test: $(VENV)/dev.stamp ## the whole suite, on SQLite and on PostgreSQL where one answers
	@$(BIN)/python -m tests.run $(ARGS)

check: $(VENV)/dev.stamp ## lint, format, types, layers, migrations, templates, deployment
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint articles comments moderation newsroom
	$(BIN)/python -m tests.checks

bench: $(VENV)/dev.stamp ## long threads against short ones: a table and ratios
	@$(BIN)/python -m tests.bench

bench-desk: $(VENV)/dev.stamp ## the moderators' queue among a million comments; ARGS='--again'
	@$(BIN)/python -m tests.desk_bench $(ARGS)

bench-moderation: $(VENV)/dev.stamp ## the moderation rules: accuracy, evasions, speed; ARGS='--errors 20'
	@$(BIN)/python -m tests.moderation_bench $(ARGS)

format: $(VENV)/dev.stamp ## format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/dev.stamp ## compile requirements/*.txt from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements/base.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev -c requirements/base.txt pyproject.toml -o requirements/dev.txt

messages: $(VENV)/dev.stamp ## collect texts for translation and compile the catalogues
	$(MANAGE) makemessages --all --no-obsolete --no-wrap --no-location --ignore '.venv/*' --ignore 'var/*' --ignore 'tests/*' --ignore 'fixtures/*' --settings tests.settings
	$(MANAGE) compilemessages --ignore '.venv/*' --settings tests.settings
