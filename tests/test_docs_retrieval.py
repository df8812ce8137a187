"""`docs/retrieval.md` is held against the code: its snippet runs, its filters and metadata are those there are."""

import re
from pathlib import Path

import pytest

from retrieval.chain import EvidenceRetriever, Found
from retrieval.embeddings import MiniLM
from retrieval.evidence import Excerpt
from retrieval.scope import Scope

TOP = Path(__file__).parents[1]
PAGE = (TOP / "docs" / "retrieval.md").read_text(encoding="utf-8")


def test_the_snippet_runs_as_it_stands(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], embedder: MiniLM, built_models: Path
) -> None:
    embedder.encode(["ready"])
    [snippet] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    monkeypatch.chdir(TOP)
    names: dict[str, object] = {}
    exec(snippet.replace("data/local/models", built_models.as_posix()), names)  # noqa: S102  (our own page)
    assert isinstance(names["retriever"], EvidenceRetriever)
    assert len(capsys.readouterr().out.splitlines()) >= 3
    documents = names["documents"]
    assert isinstance(documents, list) and {one.metadata["participant_id"] for one in documents} == {"P12"}


def test_every_filter_is_listed() -> None:
    for name in Scope.model_fields:
        assert re.search(rf"^\| `[^|]*\b{name}\b", PAGE, re.MULTILINE), name


def test_every_metadata_is_listed() -> None:
    for name in {*Excerpt.model_fields, *Found._fields} - {"text", "excerpt"}:
        assert re.search(rf"^\| .*`{name}`", PAGE, re.MULTILINE), name


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:retrieval|app|evals)/[\w/.]+)`", PAGE))))
def test_files_it_names_exist(path: str) -> None:
    assert (TOP / path).is_file()
