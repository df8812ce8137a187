"""Evidence: a quote, what it is evidence of, and who said so."""

from app.models.base import Model
from retrieval.evidence import Quote, stable_id


class Evidence(Model):
    """`codes` maps code id to the coder's confidence (0 to 1); `firm` are those among them that the coder is
    sure enough of for a persona. `coder` is who found the quote: `local`, a model's name, or a person;
    `people` names the person behind each code that a person gave. `passage` are the few sentences that make the
    point, the quote among them; `question` is what the interviewer had asked. Both are for reading in context:
    what is cited is the quote. `gist` is what it says in a language model's few words: for grouping, never shown
    as a quote."""

    id: str
    quote: Quote
    codes: dict[str, float]
    firm: list[str]
    coder: str
    question: str = ""
    passage: Quote | None = None
    people: dict[str, str] = {}
    gist: str = ""

    @classmethod
    def of(
        cls,
        quote: Quote,
        codes: dict[str, float],
        firm: list[str],
        coder: str,
        question: str = "",
        passage: Quote | None = None,
        gist: str = "",
    ) -> "Evidence":
        return cls(
            id=stable_id("ev", quote.source_id, quote.start, quote.end, quote.sha256),
            quote=quote,
            codes=codes,
            firm=firm,
            coder=coder,
            question=question,
            passage=passage,
            gist=gist,
        )

    def coder_of(self, code: str) -> str:
        """Who gave the code: a person, else whoever found the quote."""
        return self.people.get(code, self.coder)

    @property
    def extent(self) -> Quote:
        """All that was read as making the point: the passage, or the quote alone."""
        return self.passage or self.quote

    @property
    def participant_id(self) -> str:
        return self.quote.participant_id
