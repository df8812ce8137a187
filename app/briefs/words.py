"""Words: what participants said that may be published, and the words they search with.

Only people who agreed to marketing are quoted. Quotes that name their speaker's employer are left out, because they
would tell who spoke; other proper names are listed beside the quote.
"""

import calendar
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from app.briefs.ground import Ground
from app.briefs.rules import load_rules
from app.models.brief import CustomerWords, Keyword, Keywords
from app.models.claim import Citation, Claim
from app.support import figures, names
from app.support.words import is_content, stem, tokens
from retrieval.evidence import Participant, Span
from retrieval.splitting import sentence_spans

MOST_WORDS = 6
MOST_KEYWORDS = {"head": 8, "mid": 8, "long": 5}
# Attributes that say who somebody is.
TELLING = ("account", "employer", "company", "organisation", "organization", "name")
SHORTEST_WORD = 4
LONG_TAIL = (4, 6)
DATES = {*calendar.month_name, *calendar.day_name}
OWN = re.compile(r"I['’]")
COUNTED = {*figures.UNITS, *figures.TENS, *figures.SCALES, *figures.WHOLES}


def publishable(ground: Ground, claim: Claim) -> list[Citation]:
    """The claim's quotes that may be published, one a person."""
    found: dict[str, Citation] = {}
    for one in claim.supporting:
        if one.participant_id in ground.cleared and not tells_who(one.text, ground.people[one.participant_id]):
            found.setdefault(one.participant_id, one)
    return list(found.values())


def tells_who(text: str, person: Participant) -> bool:
    """Whether the words name the speaker's employer or the speaker."""
    said = {stem(word) for word in tokens(text)}
    telling = [person.attributes.get(column, "") for column in TELLING]
    return any(stem(word) in said for value in telling for word in tokens(value) if is_content(word))


def words_of(citation: Citation, claims: Sequence[str]) -> CustomerWords:
    quote = {name: getattr(citation, name) for name in CustomerWords.model_fields if hasattr(citation, name)}
    return CustomerWords(**quote | {"claims": list(claims), "names": _named(citation.text)})


def _named(text: str) -> list[str]:
    """Proper names; “I'm” is none, and neither is a month."""
    return [name for name in names.names(text) if not OWN.match(name) and name not in DATES]


def customer_words(ground: Ground, claims: Sequence[Claim], speaking: Sequence[str]) -> list[CustomerWords]:
    """Quotes for the writer, everybody's first before anybody's second; only of those who speak for the industry."""
    cited: dict[tuple[str, int, int], tuple[Citation, list[str]]] = {}
    for claim in claims:
        for one in publishable(ground, claim):
            if one.participant_id in speaking:
                ids = cited.setdefault((one.source_id, one.start, one.end), (one, []))[1]
                ids += [] if claim.id in ids else [claim.id]
    heard: Counter[str] = Counter()
    ranked = []
    for one, ids in cited.values():
        ranked.append((heard[one.participant_id], words_of(one, ids)))
        heard[one.participant_id] += 1
    return [words for _, words in sorted(ranked, key=lambda pair: pair[0])][:MOST_WORDS]


def keywords(ground: Ground, speaking: Sequence[str]) -> Keywords:
    """Words that these people use more than others do: single ones, pairs, and stretches of a sentence."""
    said = {one: _passages(ground, one) for one in speaking if one in ground.cleared}
    users: Counter[str] = Counter()
    spelt: dict[str, Counter[str]] = {}
    for texts in said.values():
        own = [word for text in texts for word in _plain(text)]
        users.update({stem(word) for word in own})
        for word in own:
            spelt.setdefault(stem(word), Counter())[word] += 1
    often = {root: sum(forms.values()) for root, forms in spelt.items()}
    weight = {root: users[root] * math.log1p(often[root]) * _rarity(ground, root) for root in users}
    repeated = [root for root in weight if often[root] > 1] or list(weight)
    heads = sorted(repeated, key=lambda root: (-weight[root], root))[: MOST_KEYWORDS["head"]]
    return Keywords(
        head=[Keyword(text=_commonest(spelt[root]), k=users[root]) for root in heads],
        mid=_pairs(said, weight),
        long_tail=_stretches(said, weight, set(heads)),
    )


def _passages(ground: Ground, person: str) -> list[str]:
    """What this person said that is evidence of anything; nothing that tells who they are."""
    who = ground.people[person]
    found = [one.extent.text for one in ground.material.evidence if one.firm and one.participant_id == person]
    spans = ((text, span) for text in dict.fromkeys(found) for span in sentence_spans(text, _whole(text)))
    return list(dict.fromkeys(part for text, span in spans if not tells_who(part := span.of(text), who)))


def _whole(text: str) -> Span:
    return Span(start=0, end=len(text))


def _plain(text: str) -> list[str]:
    """Words of content in lower case; no figures, no names."""
    own = set(names.names(text))
    return [one.lower() for one in tokens(text) if _tells(one) and one not in own]


def _tells(word: str) -> bool:
    bare = word.lower()
    long = word.isalpha() and len(word) >= SHORTEST_WORD
    return long and is_content(word) and bare not in COUNTED and bare not in load_rules().plain_words


def _rarity(ground: Ground, root: str) -> float:
    """How few of all participants use the word: what everybody says is no keyword."""
    users = ground.word_users
    everybody = max(len(ground.material.interviewed), 1)
    return math.log(1 + everybody / max(users.get(root, 1), 1))


def _commonest(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form))


def _pairs(said: dict[str, list[str]], weight: dict[str, float]) -> list[Keyword]:
    """Two words of content that stand side by side."""
    users: dict[tuple[str, str], set[str]] = {}
    forms: dict[tuple[str, str], Counter[str]] = {}
    for person, texts in said.items():
        for text in texts:
            own = set(names.names(text))
            for one, other in pairwise(tokens(text)):
                if _tells(one) and _tells(other) and not {one, other} & own and f"{one} {other}" in text:
                    key = stem(one), stem(other)
                    users.setdefault(key, set()).add(person)
                    forms.setdefault(key, Counter())[f"{one} {other}".lower()] += 1

    def worth(key: tuple[str, str]) -> tuple[float, tuple[str, str]]:
        repeated = len(users[key]) + forms[key].total() - 1
        return -repeated * sum(weight.get(part, 0) for part in key), key

    best = sorted(forms, key=worth)[: MOST_KEYWORDS["mid"]]
    return [Keyword(text=_commonest(forms[key]), k=len(users[key])) for key in best]


def _stretches(said: dict[str, list[str]], weight: dict[str, float], heads: set[str]) -> list[Keyword]:
    """The best stretch of each sentence, from a word of content to another, around one of the head's words."""
    found: list[tuple[float, str]] = []
    for texts in said.values():
        for text in texts:
            best = max(_windows(text, weight, heads), default=None)
            if best:
                found.append(best)
    ranked = sorted(found, key=lambda pair: (-pair[0], pair[1]))
    return [Keyword(text=text, k=1) for text in dict.fromkeys(text for _, text in ranked)][: MOST_KEYWORDS["long"]]


def _windows(text: str, weight: dict[str, float], heads: set[str]) -> Iterable[tuple[float, str]]:
    words, own = text.split(), set(names.names(text))
    fewest, most = LONG_TAIL
    for start in range(len(words)):
        for end in range(start + fewest, min(start + most, len(words)) + 1):
            part = words[start:end]
            # A stretch does not run over a comma or the end of a clause.
            if any(not one.isalpha() for one in part[:-1]) or set(part) & own:
                continue
            bare = part[-1].strip(".,;:!?…”\"'")
            roots = [stem(word) for word in (*part[:-1], bare) if _tells(word)]
            if _tells(part[0]) and _tells(bare) and set(roots) & heads:
                yield sum(weight.get(root, 0) for root in roots) / len(part), " ".join([*part[:-1], bare]).lower()
