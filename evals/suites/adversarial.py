"""Suite `adversarial`: of a model's bad citations, does any get through, and are good ones lost with them?

Dataset: any folder of interviews. The whole job is done once with the scripted model (`evals.scripted`), which is
honest. Then each step is done again on what it was given then, with 30 % of its citations made bad, one kind after the
other (`evals.adversary`), and once more with the same answers less those citations.

caught        share of bad citations of which nothing came: 1 less what stands in the first result and not in the second
kept          share of the citations that stand in the honest result and in the second, and in the first as well. What
              the second lacks fell by rule when it lost a bad neighbour (a claim left with one person), and is `fell`
quotes_hold   share of citations that hold (word for word, of the person named, nobody's question) in the personas of a
              whole job in which every answer of every step is bad in some kind
caught_with_a_lying_judge
              the same as `caught`, of the kinds that only a judge can see, where the model calls every claim supported:
              what then is caught is caught by rule

`rows` has a kind each; kinds for which a study has no occasion stand in the notes.
"""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.adversary import answering, coding, drafting, segments, themes
from evals.adversary.court import Court, Rows, Tried
from evals.adversary.model import BROKEN, Liar
from evals.adversary.spoiling import SHARE, Kind
from evals.adversary.study import imported
from evals.planted import digest_of
from evals.report import EvalReport
from evals.scorers import share
from evals.scripted.model import ScriptedModel

KINDS: list[Kind] = [*coding.KINDS, *themes.KINDS, *segments.KINDS, *drafting.KINDS, *answering.KINDS]
SEED = 7
NONE = "the study gave no occasion for any bad citation"


def run(folder: Path, seed: int = SEED) -> EvalReport:
    """Try every kind on the folder."""
    start = time.perf_counter()
    with imported(folder) as bench:
        court = Court(bench, seed)
        tried = [court.tried(kind) for kind in KINDS] + [court.broken(name) for name in BROKEN]
        lied = [one for kind in drafting.JUDGED if (one := court.tried(kind, Liar)).bad]
        cited = court.whole_job(KINDS)
    found = _scores([one for one in tried if one.bad], lied, cited)
    return EvalReport(
        suite="adversarial",
        scores={name: value for name, value in found.items() if value is not None},
        rows=[
            *(one.row for one in tried if one.bad),
            *(one.row | {"kind": f"a lying judge; {one.name}"} for one in lied),
            *(row for row in cited if row["got"] != row["expected"]),
        ],
        run=_facts(folder, seed)
        | {
            "seconds": round(time.perf_counter() - start, 1), "citations_of_the_whole_job": len(cited),
            "not_evaluable": {name: NONE for name, value in found.items() if value is None},
            "notes": [*_notes(tried), *_lies(lied)], "per_class": [one.line for one in tried if one.bad],
        },
    )  # fmt: skip


def _scores(tried: Sequence[Tried], lied: Sequence[Tried], cited: Rows) -> dict[str, float | None]:
    return {
        "caught": _caught(tried),
        "kept": _kept(tried),
        "quotes_hold": share(row["got"] == row["expected"] for row in cited),
        "caught_with_a_lying_judge": _caught(lied),
    }


def _facts(folder: Path, seed: int) -> dict[str, Any]:
    return {
        "dataset": folder.resolve().name, "dataset_sha256": digest_of(folder), "engine": "llm",
        "model": ScriptedModel.name, "share": SHARE, "seed": seed, "warnings": [],
    }  # fmt: skip


def _caught(tried: Sequence[Tried]) -> float | None:
    bad = sum(one.bad for one in tried)
    return sum(one.caught for one in tried) / bad if bad else None


def _kept(tried: Sequence[Tried]) -> float | None:
    good = sum(one.good for one in tried)
    return sum(one.kept for one in tried) / good if good else None


def _notes(tried: Sequence[Tried]) -> list[str]:
    return [f"{one.name}: {NONE.removeprefix('the ')}." for one in tried if not one.bad]


def _lies(lied: Sequence[Tried]) -> list[str]:
    told = [(one.name.removeprefix("draft: "), min(one.reached, one.bad), one.bad) for one in lied if one.reached]
    passed = [f"{name} {reached} of {bad}" for name, reached, bad in told]
    return [f"What a judge who calls everything supported lets through: {'; '.join(passed)}."] if passed else []
