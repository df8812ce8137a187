"""Evidence: a quote, what it is evidence of, and who said so."""

from app.models.base import Model
from retrieval.evidence import Quote, stable_id


class Evidence(Model):
    """`codes` maps code id to the coder's confidence (0 to 1); `firm` are those among them that the coder is
    sure enough of for a persona. `coder` is who found the quote: `local`, a model's name, or a person;
    `people` names the person behind each code that a person gave. `question` is what the interviewer had
    asked, for reading in context only."""

    id: str
    quote: Quote
    codes: dict[str, float]
    firm: list[str]
    coder: str
    question: str = ""
    people: dict[str, str] = {}

    @classmethod
    def of(cls, quote: Quote, codes: dict[str, float], firm: list[str], coder: str, question: str = "") -> "Evidence":
        return cls(
            id=stable_id("ev", quote.source_id, quote.start, quote.end, quote.sha256),
            quote=quote,
            codes=codes,
            firm=firm,
            coder=coder,
            question=question,
        )

    def coder_of(self, code: str) -> str:
        """Who gave the code: a person, else whoever found the quote."""
        return self.people.get(code, self.coder)

    @property
    def participant_id(self) -> str:
        return self.quote.participant_id
