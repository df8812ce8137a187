"""The veil: keeps the words of people whose consent is for research only from those who may use words in public.

Quotes are withheld where they are made, by whose they are. The veil lies over everything that goes out besides, because
a new page may forget to ask. It looks for runs of words that only people who did not consent said (or that stand in
notes, which are nobody's to quote), and withholds the sentence they stand in. What the study says itself is shown:
claims, labels and summaries are our sentences about several people, and a persona without them would say nothing;
`sentences_of` collects them, so that the veil takes their words for ours.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.access.principal import Sight
from app.errors import Forbidden
from app.playbook.words import WITHHELD
from app.store.store import Transaction
from retrieval.evidence import Consent, Participant, Role, Source, SourceKind

# Two words in a row are anybody's; of three that nobody else said, most are a person's own.
RUN = 3
WORD = re.compile(r"[^\W_]+")
SENTENCES = re.compile(r"((?<=[.!?…])[\"”’')\]]*\s+|\n+)")
# What stands before words and is none of them, such as the dot between two notes.
LEAD = " \t\n\r·"
QUOTED = re.compile(rf"<blockquote[^>]*>(?={re.escape(WITHHELD)}</blockquote>)")
TAGS = re.compile(r"(<[^>]*>)")
SHOWN_ATTRIBUTES = re.compile(r'\b(title|aria-label|alt|content)="([^"]*)"')
# What turning a sentence into the third person changes (`app.engines.voice`): left out on both sides.
TURNED = frozenset(
    ["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves", "they", "them", "their", "theirs",
     "themselves", "am", "are", "was", "were", "m", "re", "ve", "d", "ll"],
)  # fmt: skip
# In JSON, what of a quote holds words, or tells them.
TELLING = {"text", "question", "before", "after", "gist", "sha256", "words"}


def runs(text: str) -> Iterator[int]:
    """Every run of words, by its hash; pairs too, which tell where a sentence is no longer than that."""
    words = [word for word in WORD.findall(text.casefold()) if word not in TURNED]
    yield from _runs(words, RUN)
    yield from _runs(words, RUN - 1)


def telling_runs(text: str) -> Iterator[int]:
    """Those by which a text is known: its runs; of a sentence that turning made this short, the pair."""
    said = WORD.findall(text.casefold())
    words = [word for word in said if word not in TURNED]
    return _runs(words, RUN - 1 if len(words) < RUN <= len(said) else RUN)


def _runs(words: Sequence[str], length: int) -> Iterator[int]:
    """Figures alone are nobody's words: dates and counts are ours, too."""
    for at in range(len(words) - length + 1):
        run = tuple(words[at : at + length])
        if not all(word.isdigit() for word in run):
            yield hash(run)


@dataclass(frozen=True)
class Veil:
    """`open` are those whose words may be used; `own` the runs that are only other people's."""

    open: frozenset[str]
    own: frozenset[int]

    @classmethod
    def of(cls, sources: Iterable[Source], people: Iterable[Participant], house: frozenset[int]) -> "Veil":
        """`house` are runs of our own texts, which anybody may happen to say; so are names, and what is known of people
        from the roster."""
        known = list(people)
        open_ = open_people(known)
        public, withheld = set(house), set[int]()
        for person in known:
            public.update(run for value in person.attributes.values() for run in runs(value))
        for source in sources:
            public.update(runs(source.name))
            for text, who in _speech(source):
                (public if who in open_ else withheld).update(runs(text))
        return cls(open_, frozenset(withheld - public))

    def text(self, text: str) -> str:
        """The text, its sentences withheld where they are somebody's words."""
        first, rest = text[: len(text) - len(text.lstrip(LEAD))], text.lstrip(LEAD)
        pieces = SENTENCES.split(rest)
        told = [self._tells(sentence) for sentence in pieces[::2]]
        if not any(told):
            # Words whose run goes over the end of a sentence.
            return first + WITHHELD if self._tells(rest) else text
        gaps = [*pieces[1::2], ""]
        kept = [at for at in range(len(told)) if not (at and told[at] and told[at - 1])]
        shown = "".join((WITHHELD if told[at] else pieces[2 * at]) + gaps[at] for at in kept)
        return first + (WITHHELD if self._tells(shown.replace(WITHHELD, "\n")) else shown)

    def json(self, thing: Any) -> Any:
        """The same for what is sent to programs; quotes and excerpts of whoever did not consent say nothing."""
        if isinstance(thing, str):
            return self.text(thing)
        if isinstance(thing, list):
            return [self.json(one) for one in thing]
        if not isinstance(thing, dict):
            return thing
        whose = _whose(thing)
        hidden = whose is not None and whose not in self.open
        return {
            key: self._hidden(key, value) if hidden and key in TELLING else self.json(value)
            for key, value in thing.items()
        }

    def page(self, page: str) -> str:
        """The same for a page: its text, and what of its attributes is shown."""
        pieces = TAGS.split(page)
        pieces[::2] = [self._node(text) for text in pieces[::2]]
        pieces[1::2] = [SHOWN_ATTRIBUTES.sub(self._attribute, tag) if "=" in tag else tag for tag in pieces[1::2]]
        return QUOTED.sub('<blockquote class="withheld">', "".join(pieces))

    def opens(self, source: Source) -> bool:
        return may_be_opened(source, self.open)

    def _tells(self, text: str) -> bool:
        return any(run in self.own for run in telling_runs(text))

    def _node(self, text: str) -> str:
        plain = html.unescape(text)
        shown = self.text(plain)
        return text if shown == plain else html.escape(shown)

    def _attribute(self, found: re.Match[str]) -> str:
        return f'{found[1]}="{self._node(found[2])}"'

    def _hidden(self, key: str, value: Any) -> Any:
        if isinstance(value, list):
            return []
        return WITHHELD if key == "text" else "" if isinstance(value, str) else value


def sentences_of(drafted: Any) -> Iterator[str]:
    """Every text of our own in what was drafted, as JSON; the words of quotes are left out."""
    if isinstance(drafted, str):
        yield drafted
    elif isinstance(drafted, list):
        for one in drafted:
            yield from sentences_of(one)
    elif isinstance(drafted, dict):
        quoted = _whose(drafted) is not None
        for name, value in drafted.items():
            if not (quoted and name in TELLING):
                yield from sentences_of(value)


def open_people(people: Iterable[Participant]) -> frozenset[str]:
    return frozenset(one.id for one in people if one.consent is Consent.MARKETING)


def may_be_opened(source: Source, open_: frozenset[str]) -> bool:
    """Whether all in it consented: only then its whole text may be read. Notes are never quoted."""
    heard = source.participant_ids
    return source.kind is SourceKind.INTERVIEW and bool(heard) and open_.issuperset(heard)


def open_to(tx: Transaction, study_id: str, sight: Sight) -> frozenset[str] | None:
    """Whose words somebody with this sight may see; None for everybody's."""
    return None if sight is Sight.ALL else open_people(tx.participants.all(study_id))


def must_open(source: Source, open_: frozenset[str] | None) -> None:
    """Forbidden, saying why, where the source holds words of somebody who did not consent."""
    if open_ is None or may_be_opened(source, open_):
        return
    if source.kind is SourceKind.NOTE:
        raise Forbidden("Notes are for research only: nobody in them was asked. Ask a researcher.")
    raise Forbidden("Not everybody in this source agreed that their words be used in marketing. Ask a researcher.")


def _speech(source: Source) -> Sequence[tuple[str, str | None]]:
    """Each turn with whose it is; nobody's in notes, and where an interviewer speaks who may repeat what was said."""
    if source.kind is SourceKind.NOTE:
        return [(source.text, None)]
    speakers = {one.label: one for one in source.speakers}
    found: list[tuple[str, str | None]] = []
    for turn in source.turns:
        speaker = speakers.get(turn.speaker)
        spoke = speaker is not None and speaker.role is Role.PARTICIPANT
        found.append((turn.of(source.text), speaker.participant_id if speaker and spoke else None))
    return found


def _whose(thing: dict[str, Any]) -> str | None:
    """The participant whose words an object holds; of evidence, that of its quote."""
    quote = thing.get("quote")
    held = thing if "participant_id" in thing else quote if isinstance(quote, dict) else {}
    found = held.get("participant_id")
    return found if isinstance(found, str) else None
