"""Two searches become one ranking, and a ranking becomes an answer.

`weigh` adds what both searches found; `pick` takes from the top, leaving out what was said before and more of
one person than wanted.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from retrieval.evidence import Excerpt
from retrieval.index import Hit

# What the best match of words is worth, in cosine. Measured with `python -m evals.bench.retrieval_ablation`;
# half of it does as well, twice as much costs 0.035 MRR.
WORDS_WEIGHT = 0.1
# Two excerpts whose words agree this far (0-100, in any order) say the same thing.
SAME_WORDS = 90.0


def weigh(meaning: Sequence[Hit], words: Sequence[Hit]) -> dict[str, float]:
    """Id → cosine + 0.1 × BM25 / best BM25.

    What only the words found gets the lowest cosine among what meaning found. Scores are weighed rather than ranks
    (reciprocal rank fusion): how much better the first is than the second matters.
    """
    lowest = min((hit.score for hit in meaning), default=0.0)
    best = max((hit.score for hit in words), default=0.0) or 1.0
    scores = {hit.id: lowest for hit in words} | {hit.id: hit.score for hit in meaning}
    for hit in words:
        scores[hit.id] += WORDS_WEIGHT * hit.score / best
    return scores


def pick(ranked: Iterable[Excerpt], limit: int, per_person: int | None) -> list[Excerpt]:
    """The first `limit` excerpts, at most `per_person` of one participant (or of notes), each saying something new.

    Not new are the same words again, and what stands in the context of a better excerpt: it is shown there.
    """
    kept: list[Excerpt] = []
    spoken: Counter[str | None] = Counter()
    for excerpt in ranked:
        if len(kept) == limit:
            break
        if spoken[excerpt.participant_id] == per_person or any(_repeats(excerpt, other) for other in kept):
            continue
        spoken[excerpt.participant_id] += 1
        kept.append(excerpt)
    return kept


def _repeats(excerpt: Excerpt, kept: Excerpt) -> bool:
    beside = excerpt.source_id == kept.source_id and excerpt.around.overlap(kept.around) > 0
    return beside or _alike(excerpt.text, kept.text) >= SAME_WORDS


def _alike(one: str, other: str) -> float:
    """0 to 100; case and punctuation do not count."""
    return fuzz.token_sort_ratio(one, other, processor=default_process, score_cutoff=SAME_WORDS)
