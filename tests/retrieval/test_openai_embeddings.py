"""OpenAI's embeddings over real HTTP: vectors in order, sent once, errors in words."""

import base64
import json
from pathlib import Path

import numpy as np
import pytest
from fake_provider import FakeProvider, Fault, failure, serving

from retrieval.chroma import ChromaIndex
from retrieval.errors import EmbeddingFailed
from retrieval.openai_embeddings import OpenAIEmbedder

SPOKEN = "nobody told me about the other one"


class Embeddings(FakeProvider):
    """Gives a text of n characters the direction (n, 1); counts what it was sent."""

    def next(self, request: dict[str, object], headers: dict[str, str]) -> Fault:
        super().next(request, headers)
        texts = request["input"]
        assert isinstance(texts, list)
        rows = [np.array([len(text), 1], dtype=np.float32) for text in texts]
        # The client asks for base64, unlike most servers of one's own.
        spelled = [base64.b64encode(row.tobytes()).decode() for row in rows]
        data = [{"object": "embedding", "index": i, "embedding": one} for i, one in enumerate(spelled)]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        return Fault(body=json.dumps({"object": "list", "data": data, "model": "e", "usage": usage}))


def embedder(provider: FakeProvider, cache: Path | None = None) -> OpenAIEmbedder:
    return OpenAIEmbedder("text-embedding-3-small", "sk-x", provider.url, cache, retries=0)


def sent(provider: FakeProvider) -> list[str]:
    return [text for request in provider.requests for text in request["input"]]


def test_unit_vectors_in_the_order_of_the_texts() -> None:
    with serving(by=Embeddings) as provider:
        vectors = embedder(provider).encode(["four", "a", "four", ""])
    assert vectors.shape == (4, 2) and vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert np.allclose(vectors[:, 0] / vectors[:, 1], [4, 1, 4, 1])
    assert sent(provider) == ["four", "a", " "]
    assert provider.requests[0]["model"] == "text-embedding-3-small"


def test_nothing_to_embed_asks_nobody() -> None:
    with serving(by=Embeddings) as provider:
        assert len(embedder(provider).encode([])) == 0
    assert provider.requests == []


def test_what_was_embedded_once_is_not_sent_again(tmp_path: Path) -> None:
    with serving(by=Embeddings) as provider:
        first = embedder(provider, tmp_path / "v.sqlite").encode(["one", "three"])
        again = embedder(provider, tmp_path / "v.sqlite").encode(["three", "one", "new"])
        assert np.array_equal(first[::-1], again[:2])
        assert sent(provider) == ["one", "three", "new"]
        mine = embedder(provider, tmp_path / "v.sqlite")
        mine.forget()
        mine.encode(["one"])
    assert sent(provider)[-1] == "one"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (failure(401, f"bad key for {SPOKEN}"), "status 401"),
        (failure(500), "status 500"),
        (Fault(drop=True), "Connection"),
    ],
)
def test_a_provider_that_gives_none(fault: Fault, words: str) -> None:
    with serving(fault) as provider, pytest.raises(EmbeddingFailed, match=words) as caught:
        embedder(provider).encode([SPOKEN])
    assert SPOKEN not in str(caught.value) and "DRAMATIS_EMBEDDINGS" in str(caught.value)


def test_its_vectors_have_a_collection_of_their_own(tmp_path: Path) -> None:
    with serving(by=Embeddings) as provider:
        name = embedder(provider).name
    assert name == "openai-text-embedding-3-small"
    minilm, openai = ChromaIndex(tmp_path, "minilm"), ChromaIndex(tmp_path, name)
    assert minilm._name("s") != openai._name("s")
