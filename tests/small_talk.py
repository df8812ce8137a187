"""Small invented interviews for the tests of the evidence room."""

from retrieval.evidence import Excerpt, Source, SourceKind
from retrieval.readers import read_bytes
from retrieval.splitting import make_excerpts, split_sentences


def talk(person: str, *answers: str, question: str = "What is it like?") -> Source:
    """An interview in which the same question is asked again and again."""
    text = "\n\n".join(f"Interviewer: {question}\n\n{person}: {answer}" for answer in answers)
    return read_bytes(text.encode(), f"{person}.txt", kind=SourceKind.INTERVIEW)


def note(name: str, text: str) -> Source:
    return read_bytes(text.encode(), f"{name}.txt", kind=SourceKind.NOTE)


def excerpts_of(source: Source) -> list[Excerpt]:
    return make_excerpts(source, split_sentences(source))
