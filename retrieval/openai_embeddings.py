"""OpenAI's embeddings, or those of a server that speaks alike, for search instead of MiniLM.

The text of every excerpt and question is sent there. Vectors are kept beside MiniLM's, so that what was embedded once
is not sent, nor paid for, again.
"""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from retrieval.embedder import Vectors
from retrieval.errors import EmbeddingFailed
from retrieval.vector_cache import VectorCache

# Providers take 2,048 texts and some 300,000 tokens a request; an excerpt with its context has up to some 400.
AT_ONCE = 512


class OpenAIEmbedder:
    """The model `model`; its name, and so its collection, is `openai-MODEL`.

    Raises EmbeddingFailed where the provider gives no vectors. `key` None is for servers that ask for none.
    """

    def __init__(
        self, model: str, key: str | None = None, base_url: str = "", cache: Path | None = None, retries: int = 4
    ):
        self.model, self.name = model, f"openai-{model}"
        self._key, self._base_url, self._retries = key, base_url, retries
        self._cache = VectorCache(cache, self.name) if cache else None
        self._lock = Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector for each text: shape (n, dimensions of the model), float32."""
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        wanted = list(dict.fromkeys(texts))
        with self._lock:
            known = self._cache.find(wanted) if self._cache else {}
            if new := self._fetch([text for text in wanted if text not in known]):
                known |= new
                if self._cache:
                    self._cache.keep(new)
        return np.stack([known[text] for text in texts])

    def forget(self) -> None:
        with self._lock:
            if self._cache:
                self._cache.clear()

    def _fetch(self, texts: list[str]) -> dict[str, Vectors]:
        if not texts:
            return {}
        vectors = np.array(self._ask(texts), dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return dict(zip(texts, vectors, strict=True))

    def _ask(self, texts: list[str]) -> list[list[float]]:
        from openai import OpenAIError

        try:
            # An empty text is refused; what stands for it does not matter.
            rows: list[list[float]] = self._client.embed_documents([text or " " for text in texts])
        except OpenAIError as error:
            raise EmbeddingFailed(
                f"openai:{self.model} gave no vectors ({_kind(error)}). Check the key and the address, or unset "
                "DRAMATIS_EMBEDDINGS to search with MiniLM (then: dramatis reindex STUDY)."
            ) from None  # its words may repeat the texts
        return rows

    @cached_property
    def _client(self) -> Any:
        from langchain_openai import OpenAIEmbeddings
        from pydantic import SecretStr

        key = self._key or ("none" if self._base_url else None)
        return OpenAIEmbeddings(
            model=self.model,
            openai_api_key=SecretStr(key) if key else None,
            openai_api_base=self._base_url or None,
            max_retries=self._retries,
            chunk_size=AT_ONCE,
            check_embedding_ctx_length=False,  # it would fetch a tokenizer to cut texts that are far from too long
        )


def _kind(error: Exception) -> str:
    status = getattr(error, "status_code", None)
    return f"status {status}" if status else type(error).__name__
