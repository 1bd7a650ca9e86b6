# make help lists the commands.

# The Python that .venv is made with; an existing .venv is kept unless another is named.
PYTHON ?= $(if $(wildcard .venv/bin/python),.venv/bin/python,python3)
RUN := .venv/bin/python

# Compiled code is kept in __pycache__, or each of the processes that tests start compiles it anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help book pdf epub test test-slow check bench live lab serve edition site showsite verifysite \
  clean assets restore keep offline lock font icons vega picture install install-all python

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

book: install ## build the book into _build/html (first time: sets up .venv, about a minute)
	@$(RUN) -m press build

test: install-all ## build the book and test all that a change is likely to break (12 minutes)
	@$(RUN) -m press build
	@$(RUN) -m pytest -m "not slow"

test-slow: install-all ## run the tests that take long: kills, editions, every page (28 minutes)
	@$(RUN) -m press build
	@$(RUN) -m pytest -m "slow$(if $(WITHOUT), and not $(WITHOUT))"

check: install-all ## check tables, text, code, locks and known vulnerabilities, without a build
	@$(RUN) -m press check

live: install ## rebuild and reload pages as files are saved, while writing
	@$(RUN) -m press live

pdf: install-all ## print the book and each chapter, _build/pdf (needs Chromium)
	@$(RUN) -m press pdf

epub: install-all ## make the book for e-readers, _build/epub
	@$(RUN) -m press epub

lab: install ## open the chapters as notebooks in JupyterLab, to run and change them
	@JUPYTER_CONFIG_PATH="$(CURDIR)/press/lab/jupyter/etc/jupyter" \
	  JUPYTER_PATH="$(CURDIR)/press/lab/jupyter/share/jupyter" .venv/bin/jupyter lab

serve: install ## show the built book at an address of this machine
	@$(RUN) -m press serve

edition: install ## make an edition, VERSION=2026.2: tests, tag, and its folder in site/
	@$(RUN) -m press edition "$(VERSION)" --check "$(CHECK)"

site: install ## assemble site/: every edition, the newest, and what is being worked on
	@$(RUN) -m press site

showsite: install ## show site/ at an address of this machine
	@$(RUN) -m press serve --site

verifysite: install ## compare each edition in site/ with its record, editions.yml
	@$(RUN) -m press verifysite

assets: install-all ## make what is released of an edition, VERSION=2026.2, or of the built book
	@$(RUN) -m press assets "$(VERSION)"

restore: python ## bring the editions on the branch gh-pages back into site/
	@$(PYTHON) -m press restore

keep: python ## commit site/ to the branch gh-pages, to be pushed
	@$(PYTHON) -m press keep --archive "$(ARCHIVE)"

offline: book ## pack the book into _build/offline.zip, to be read without a server
	@$(RUN) -m press offline

bench: install ## measure the build beside plain jupyter-book's, half an hour on an idle machine
	@$(RUN) -m press bench

clean: ## remove what was built; .venv and its packages stay
	@rm -rf _build .pytest_cache .hypothesis
	@find . -name __pycache__ -not -path './.venv*/*' -prune -exec rm -rf {} +

lock: install-all ## renew the lists of packages from pyproject.toml
	@$(RUN) -m press lock

font: install-all ## renew the font of Chinese labels in figures, citygap/fonts
	@$(RUN) -m press font

icons: install ## renew the icons of the pages, press/static/icons.css
	@$(RUN) -m press icons

vega: install ## renew Vega-Lite, which draws figures on demand, press/static/explore
	@$(RUN) -m press vega

picture: install ## renew the picture of the README, docs/finding.svg
	@$(RUN) -m press picture

install: python
	@$(PYTHON) tools/venv.py requirements.lock

install-all: python
	@$(PYTHON) tools/venv.py requirements-all.lock

python:
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here. Install Python 3.11," \
	  "3.12 or 3.13, on Debian with: apt-get install python3 python3-venv"; exit 1; }
