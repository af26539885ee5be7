# Everything here needs only Python 3.11 or later, pip and make: `make demo` and `make test` build
# their own environment in .venv. Stamp files in it remember what is installed, so a second run
# installs nothing unless pyproject.toml or constraints.txt has changed.

VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --no-input -c constraints.txt
INPUTS := pyproject.toml constraints.txt
ARGS ?=

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo test bench growth tamper faults lint wheel clean

help: ## Show this list
	@echo "rekenschap: an event-sourced ledger of youth-care allocations"
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.stamp-demo ## Install the package and show it at work
	@$(BIN)/rekenschap demo $(ARGS)

test: $(VENV)/.stamp-test ## Run all tests (ARGS='-k naam' to pass on to pytest)
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

bench: $(VENV)/.stamp-test ## Measure every figure beside its limit and peers (ARGS='--only seal')
	PYTHONPATH=tests/src_root:. $(BIN)/python -m benchmarks --write $(ARGS)

growth: $(VENV)/.stamp-test ## Measure how cost grows, up to a million events (ARGS='--events 1000')
	PYTHONPATH=tests/src_root:. $(BIN)/python -m benchmarks.growth --write $(ARGS)

tamper: $(VENV)/.stamp-test ## Try every tampering with a ledger, and write what was found
	PYTHONPATH=tests/src_root:. $(BIN)/python benchmarks/tampering.py \
	  --write benchmarks/tampering.json $(ARGS)

faults: $(VENV)/.stamp-test ## The long form of the tests of faults (docs/faults.md; ARGS='--seed 2')
	$(BIN)/python -m tests.faults $(ARGS)

lint: $(VENV)/.stamp-lint ## Check style, types and import directions
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python
	PYTHONPATH=tests/src_root $(BIN)/lint-imports

wheel: $(VENV)/.stamp-test ## Build the sdist, and from it the wheel, in dist/
	rm -rf dist
	$(BIN)/python -m build --no-isolation

clean: ## Remove the environment and all that was built
	rm -rf $(VENV) .tools build dist *.egg-info
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The newest Python that is new enough and can make an environment: with its own venv, or, where a
# distribution ships venv apart, with a virtualenv that pip fetches into .tools (which also goes
# where pip may not install into the system).
define MAKE_VENV
set -eu; \
if $(BIN)/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
  exit 0; \
fi; \
chosen=; how=; \
for python in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
  command -v "$$python" >/dev/null 2>&1 || continue; \
  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
  chosen="$$python"; \
  if "$$python" -c 'import venv, ensurepip' 2>/dev/null; then how=venv; break; fi; \
  if "$$python" -m pip --version >/dev/null 2>&1; then how=virtualenv; break; fi; \
done; \
if [ -z "$$chosen" ]; then \
  echo "rekenschap needs Python 3.11 or later; there is none on the PATH." >&2; \
  echo "Install one, or point at it: make PYTHON=/path/to/python3.12 ..." >&2; \
  exit 1; \
fi; \
if [ -z "$$how" ]; then \
  echo "$$chosen has neither venv with ensurepip nor pip: install one of them" >&2; \
  echo "(on Debian: apt-get install python3-venv, or python3-pip)." >&2; \
  exit 1; \
fi; \
echo "Making $(VENV) with $$chosen ($$("$$chosen" -V), $$how)"; \
rm -rf $(VENV); \
if [ "$$how" = venv ] && "$$chosen" -m venv $(VENV); then exit 0; fi; \
rm -rf $(VENV) .tools; \
"$$chosen" -m pip install --quiet --no-input -c constraints.txt --target .tools virtualenv; \
PYTHONPATH=.tools "$$chosen" -m virtualenv --quiet $(VENV)
endef

$(VENV)/.stamp-venv: constraints.txt
	@$(MAKE_VENV)
	@$(INSTALL) setuptools
	@touch $@

$(VENV)/.stamp-demo: $(VENV)/.stamp-venv $(INPUTS)
	@echo "Installing rekenschap"
	@PYTHONWARNINGS=ignore $(INSTALL) --no-build-isolation -e .
	@touch $@

$(VENV)/.stamp-test: $(VENV)/.stamp-venv $(INPUTS)
	@echo "Installing rekenschap and what its tests need"
	@PYTHONWARNINGS=ignore $(INSTALL) --no-build-isolation -e '.[test]'
	@touch $(VENV)/.stamp-demo $@

# pyright runs on Node; where there is none it is fetched as a package.
$(VENV)/.stamp-lint: $(VENV)/.stamp-test
	@command -v node >/dev/null 2>&1 || $(INSTALL) 'pyright[nodejs]'
	@touch $@
