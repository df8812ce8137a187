"""Who asks and who answers.

The interviewer is told, in this order: by the name the user gave; by the label's own words
(Interviewer, Moderator, Q, AI …); by being the only one left when the participant is known; by
asking most of the questions and doing little of the talking. Everybody else is a participant.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from retrieval.errors import UnreadableSource
from retrieval.evidence import Role, Speaker
from retrieval.readers.names import answers, asks, key, looks_like_id, slug
from retrieval.readers.reading import Reading

# For transcripts without question marks, and for requests that are questions in all but form.
OPENING = re.compile(
    r"(?:(?:and|so|okay|ok|but|then|great|right)[\s,]+)*(?:what|how|why|when|where|who|which|do you|did you|have you|"
    r"are you|were you|could you|can you|would you|will you|is there|tell me|describe|walk me|talk me)\b",
    re.IGNORECASE,
)
AS_NOTE = "import it as a note with --kind note"


@dataclass(frozen=True)
class Casting:
    """What the user knows about the speakers of one file.

    `interviewer` is a label, `participant_id` the id that participants.csv gives the file's
    participant, `labels` ids by label where the table names them, `same` labels that are another
    label's person. `people` goes before all of them: the id of whoever a label stands for, empty for
    who asks.
    """

    interviewer: str | None = None
    participant_id: str | None = None
    labels: Mapping[str, str] | None = None
    same: Mapping[str, str] | None = None
    people: Mapping[str, str] | None = None

    def told(self, label: str) -> str | None:
        """Whom the user says that the label stands for: an id, empty for who asks; None where they did not say."""
        return {key(name): known for name, known in (self.people or {}).items()}.get(key(label))

    def known_id(self, label: str) -> str | None:
        """The participant's id this label is known to stand for."""
        if told := self.told(label):
            return told
        named = {key(name): known for name, known in (self.labels or {}).items()}
        if self.participant_id and key(label) == key(self.participant_id):
            return self.participant_id
        return named.get(key(label))


def cast(reading: Reading, casting: Casting, stem: str, where: str) -> tuple[list[Speaker], list[str]]:
    """The speakers in order of appearance with their roles, and what had to be decided against the user's words.

    Raises UnreadableSource where nobody, or only one person, is named.
    """
    labels = list(dict.fromkeys(turn.speaker for turn in reading.turns))
    _refuse_too_few(labels, reading.remedy, where)
    chosen, remarks = _named(labels, casting)
    asking = chosen | _told(labels, casting) if chosen else _asking(labels, reading, casting)
    asking = {one for one in labels if casting.told(one) == "" or (one in asking and casting.told(one) is None)}
    answering = [label for label in labels if label not in asking]
    ids = _ids(answering, casting, stem)
    if casting.participant_id and casting.participant_id not in ids.values():
        remarks.append(
            f"which of {', '.join(answering)} is {casting.participant_id} cannot be told; each got an id of their own"
        )
    return [_speaker(label, ids) for label in labels], remarks


def _speaker(label: str, ids: Mapping[str, str]) -> Speaker:
    if label in ids:
        return Speaker(label=label, role=Role.PARTICIPANT, participant_id=ids[label])
    return Speaker(label=label, role=Role.INTERVIEWER)


def _refuse_too_few(labels: list[str], remedy: str, where: str) -> None:
    if not labels:
        raise UnreadableSource(where, "no speaker labels were found", f"{remedy}, or {AS_NOTE}")
    if len(labels) == 1:
        raise UnreadableSource(
            where,
            f"only one speaker, “{labels[0]}”, was found, so who asks and who answers cannot be told",
            f"Label both speakers, or {AS_NOTE}",
        )


def _named(labels: list[str], casting: Casting) -> tuple[set[str], list[str]]:
    """The labels the user means by `interviewer`: the same words, or a full name's first words."""
    if not casting.interviewer:
        return set(), []
    wanted = key(casting.interviewer)
    same = {label for label in labels if key(label) == wanted}
    same = same or {label for label in labels if key(label).startswith(wanted + " ")}
    if same and len(same) < len(labels):
        return same, []
    return set(), [f"nobody here is called “{casting.interviewer}”; the interviewer was told from the transcript"]


def _told(labels: list[str], casting: Casting) -> set[str]:
    """The labels that say of themselves that they ask; none where all do."""
    told = {label for label in labels if asks(label) and not casting.known_id(label)}
    return told if len(told) < len(labels) else set()


def _asking(labels: list[str], reading: Reading, casting: Casting) -> set[str]:
    told = _told(labels, casting)
    if told:
        return told
    strangers = [label for label in labels if not casting.known_id(label)]
    nameless = [label for label in strangers if not looks_like_id(label) and not answers(label)]
    return {_most_asking(nameless or strangers or labels, reading)}


def _most_asking(candidates: list[str], reading: Reading) -> str:
    """Who has the larger share of the questions and the smaller share of the words."""
    questions: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for turn in reading.turns:
        speech = turn.of(reading.text)
        questions[turn.speaker] += "?" in speech or bool(OPENING.match(speech))
        words[turn.speaker] += len(speech.split())
    asked, said = max(1, questions.total()), max(1, words.total())
    return max(candidates, key=lambda label: questions[label] / asked - words[label] / said)


def _ids(labels: list[str], casting: Casting, stem: str) -> dict[str, str]:
    """A participant id for each label."""
    if len(labels) == 1:
        label = labels[0]
        return {label: casting.known_id(label) or casting.participant_id or (label if looks_like_id(label) else stem)}
    return {label: casting.known_id(label) or _own_id(label, stem) for label in labels}


def _own_id(label: str, stem: str) -> str:
    return label if looks_like_id(label) else f"{stem}-{slug(label)}"
