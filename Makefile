# Sets itself up: every target that needs Python makes .venv from the lock file first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.installed
FORMS := .github/ISSUE_TEMPLATE
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
PYTEST := $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal
.PHONY: help setup site serve test test-all soak check format screenshots bench lock clean distclean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## install everything into .venv/

site: $(READY) ## build the site into site/
	$(BIN)/mkdocs build --strict

serve: $(READY) ## serve the site at http://127.0.0.1:8000 and follow edits
	$(BIN)/survey serve

test: $(READY) ## run all tests that can run here, and say what they did not prove; PYTEST_ARGS="-k bibtex" for some
	$(PYTEST) $(PYTEST_ARGS)

test-all: $(READY) ## run every test, the long ones too, none left out; on Debian and Ubuntu, install what they need
	@$(BIN)/python -m tests.programs
	$(PYTEST) --effort thorough $(PYTEST_ARGS)

soak: $(READY) ## the same with far larger numbers, for hours
	@$(BIN)/python -m tests.programs
	$(PYTEST) --effort soak $(PYTEST_ARGS)

check: $(READY) ## lint, types, workflows, and the survey itself
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-forms $(filter-out %/config.yml,$(wildcard $(FORMS)/*.yml))
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-config $(FORMS)/config.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/zizmor --offline --quiet .github
	$(BIN)/survey forms --check
	$(BIN)/survey fmt --check
	$(BIN)/survey schema --check
	$(BIN)/survey check --content

format: $(READY) ## format the Python code and the paper files, renew the issue forms and the schema for editors
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	$(BIN)/survey fmt
	$(BIN)/survey schema --write
	$(BIN)/survey problems > docs/contributing/problems.md
	$(BIN)/survey forms

screenshots: $(READY) ## take the picture of the README anew
	$(BIN)/python -m tests.screenshots

bench: $(READY) ## measure whole builds: this survey, an empty site, 1,000 and 10,000 papers
	$(BIN)/python -m tests.bench

lock: $(READY) ## bring requirements.lock up to date with pyproject.toml
	$(PYTHON) -m venv build/uv
	build/uv/bin/pip install --quiet uv
	build/uv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --group dev \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate pyproject.toml -o requirements.lock

clean: ## remove what was built
	rm -rf build site

distclean: clean ## remove what was built, and what was installed into .venv/
	rm -rf $(VENV)

# The stamp comes last, so that an interrupted installation starts again.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || \
	  { echo "Python lacks its venv module; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "installing $$(grep -o '^[a-z][^=]*==' requirements.lock | sort -u | grep -c .) packages into $(VENV), once"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --no-index -e .
	@touch $@
