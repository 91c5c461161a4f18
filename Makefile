# Needs Python and make, nothing else: the first call fills .venv, and so does the first one after a change of settings.ini.
#   make VENV=/some/venv test      another environment
#   make PYTHON=python3.12 test    another Python for a new .venv
VENV ?= .venv
BIN := $(abspath $(VENV))/bin
READY := $(VENV)/.ready
RANGE := $(shell sed -n 's/^m[axin]*_python = //p' settings.ini)
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.10; do $$p -c 'import sys, venv; \
    lo,hi = (tuple(map(int, v.split("."))) for v in sys.argv[1:]); sys.exit(not lo <= sys.version_info[:2] <= hi)' $(RANGE) 2>/dev/null && echo $$p && break; done)

help:            ## this list
	@sed -n 's/^\([a-z]*\):.*## /make \1|/p' Makefile | awk -F'|' '{printf "%-16s %s\n", $$1, $$2}'

$(READY): settings.ini setup.py
	@test -x $(BIN)/python || test -n "$(PYTHON)" || { echo 'No Python from $(firstword $(RANGE)) to $(lastword $(RANGE)) found: install one, or say PYTHON=/path/to/python.'; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check -e '.[dev]'
	@touch $@

demo: $(READY)   ## what this is about: measure the imbalance tips on handwritten digits
	$(BIN)/recipes ablate --task 'digits(imbalance=100)' --tips oversampling,sqrt_weights,focal,logit_adjustment --seeds 5 --n-jobs 2 --out demo
	@echo 'Next: look at demo/ablation.png, then `make lab` and open data/imbalance.ipynb.'

test: $(READY)   ## all checks: notebooks, library, site, package
	$(BIN)/python -m pytest --nbval --nbval-current-env --nbval-cell-timeout 300 -n 2 --dist loadfile -q

lab: $(READY)    ## JupyterLab on the notebooks; ARGS=--no-browser and the like
	$(BIN)/python -m jupyterlab --notebook-dir=nbs $(ARGS)

docs: $(READY)   ## the site, into _docs/ (needs Quarto)
	@command -v quarto >/dev/null || { echo 'The site is made by Quarto, which is not installed. Get it from https://quarto.org/docs/get-started/'; \
	    echo 'or, with root access, by $(BIN)/nbdev-install-quarto. `make test` checks the site without it.'; exit 1; }
	PYTHONPATH=tools $(BIN)/nbdev-docs

PAGE ?= $(patsubst evidence/%.log,%,$(shell find evidence -name '*.log' 2>/dev/null | sort))
evidence: $(READY) ## train what is missing in the records under evidence/; PAGE=data/imbalance for one page
	@for p in $(PAGE); do echo "== $$p"; $(BIN)/python tools/evidence.py $$p || exit 1; done

bench: $(READY)  ## run every benchmark
	@set -- benchmarks/*.py; test -e "$$1" || { echo 'There is no benchmark yet: benchmarks/*.py is empty.'; exit 0; }; \
	    for b; do echo "== $$b"; $(BIN)/python $$b || exit 1; done

export: $(READY) ## write the package and README.md from the notebooks
	$(BIN)/python tools/export.py

run: $(READY)    ## run the notebooks in place; NBS='nbs/tasks.ipynb nbs/data' for some
	$(BIN)/python tools/run_nbs.py -j 2 $(NBS)

clean:           ## remove what was made, but not .venv
	rm -rf _proc _docs build dist *.egg-info demo .pytest_cache nbs/nbdev.yml
	find nbs recipes tools -name __pycache__ -prune -exec rm -rf {} +

.PHONY: help demo test lab docs evidence bench export run clean
