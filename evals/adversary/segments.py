"""Bad answers to the prompt for segments."""

from random import Random

from app.engines.llm.answers import MacroAnswer, MicroAnswer, ProposedSegments
from evals.adversary.spoiling import Kind, Rows, Spoiled, other_rows

UNKNOWN = ("P999", "p01", "the interviewer", "")


def _spoiled(answer: ProposedSegments, rows: Rows) -> Spoiled:
    return Spoiled(
        answer.model_copy(update={"macro": rows.bad}), answer.model_copy(update={"macro": rows.clean}), rows.many
    )


def _nobody(answer: ProposedSegments, user: str, dice: Random) -> Spoiled:
    def with_nobody(macro: MacroAnswer, dice: Random) -> MacroAnswer:
        return macro.model_copy(update={"members": [dice.choice(UNKNOWN), *macro.members]})

    return _spoiled(answer, other_rows(answer.macro, with_nobody, dice, lambda macro: macro))


def _placed_twice(answer: ProposedSegments, user: str, dice: Random) -> Spoiled:
    """Somebody of a segment named by a later one as well."""

    def with_another(macro: MacroAnswer, dice: Random) -> MacroAnswer | None:
        before = [person for one in answer.macro[: answer.macro.index(macro)] for person in one.members]
        return macro.model_copy(update={"members": [*macro.members, dice.choice(before)]}) if before else None

    return _spoiled(answer, other_rows(answer.macro, with_another, dice, lambda macro: macro))


def _micro_of_others(answer: ProposedSegments, user: str, dice: Random) -> Spoiled:
    """Somebody of another macro segment in a micro one, be that other macro named before or after."""

    def with_another(macro: MacroAnswer, dice: Random) -> MacroAnswer | None:
        others = [person for one in answer.macro if one is not macro for person in one.members]
        if not others or not macro.micro:
            return None
        first, *rest = macro.micro
        micro: MicroAnswer = first.model_copy(update={"members": [dice.choice(others), *first.members]})
        return macro.model_copy(update={"micro": [micro, *rest]})

    return _spoiled(answer, other_rows(answer.macro, with_another, dice, lambda macro: macro))


def _alone(answer: ProposedSegments, user: str, dice: Random) -> Spoiled:
    """A micro segment of one person."""

    def cut(macro: MacroAnswer, dice: Random) -> MacroAnswer | None:
        if not macro.micro:
            return None
        first, *rest = macro.micro
        return macro.model_copy(update={"micro": [first.model_copy(update={"members": first.members[:1]}), *rest]})

    def without(macro: MacroAnswer) -> MacroAnswer:
        return macro.model_copy(update={"micro": macro.micro[1:]})

    return _spoiled(answer, other_rows(answer.macro, cut, dice, without))


KINDS = [
    Kind("segments: nobody of the study", "propose_segments", ProposedSegments, _nobody),
    Kind("segments: a member of another segment", "propose_segments", ProposedSegments, _placed_twice),
    Kind("segments: a micro member of another macro", "propose_segments", ProposedSegments, _micro_of_others),
    Kind("segments: a micro segment of one", "propose_segments", ProposedSegments, _alone),
]
