"""A late index: opened once, when it is first asked for, and as good as the real one."""

import numpy as np
import pytest

from retrieval.errors import IndexUnavailable
from retrieval.evidence import Excerpt, SourceKind
from retrieval.index import EvidenceIndex, MemoryIndex
from retrieval.late import LateIndex


def test_nothing_is_opened_before_it_is_asked_for_and_then_once() -> None:
    opened: list[EvidenceIndex] = []

    def open_it() -> EvidenceIndex:
        opened.append(MemoryIndex())
        return opened[-1]

    late = LateIndex(open_it)
    assert opened == []
    place = {"source_id": "s", "participant_id": "P01", "kind": SourceKind.INTERVIEW, "turn": 0}
    one = Excerpt.model_validate({"id": "ex_1", "start": 0, "end": 3, "text": "yes", **place})
    vector = np.array([1.0, 0.0], dtype=np.float32)
    late.add("study", [one], vector[None, :])
    assert [hit.id for hit in late.search("study", vector, 1, ["P01"])] == ["ex_1"]
    assert late.search("study", vector, 1, within=set()) == []
    assert late.count("study") == 1
    late.remove("study", ["ex_1"])
    late.drop("study")
    assert late.count("study") == 0 and len(opened) == 1


def test_what_cannot_be_opened_is_told_to_everybody_who_asks() -> None:
    def broken() -> EvidenceIndex:
        raise IndexUnavailable("The index cannot be opened.")

    late = LateIndex(broken)
    for _ in range(2):
        with pytest.raises(IndexUnavailable, match="cannot be opened"):
            late.count("study")
