"""Consent: what a participant agreed to, changed by hand. Withdrawal is erasure (`app.intake.erasure`)."""

from collections.abc import Iterable

from app.errors import BadInput, NotFound
from app.intake.originals import drop_exports
from app.workbench import Workbench
from retrieval.evidence import Consent, Participant


def set_consent(bench: Workbench, study_id: str, participant_id: str, consent: Consent) -> Participant:
    """The participant with the consent saved. It counts from now on wherever quotes are shown; where it is less than
    before, files that were exported go.

    Raises NotFound for an unknown study or participant, BadInput for `withdrawn`, which is more than a word.
    """
    bench.study(study_id)
    if consent is Consent.WITHDRAWN:
        raise BadInput(
            f"Whoever withdraws is erased with all they said: dramatis erase {study_id} --participant {participant_id}"
        )
    with bench.store.transaction(alone=True) as tx:
        found = tx.participants.get(study_id, [participant_id]).get(participant_id)
        if found is None:
            raise NotFound("participant", participant_id, "The page Participants lists who takes part")
        changed = found.model_copy(update={"consent": consent})
        tx.participants.save(study_id, [changed])
    if lowered([found], [changed]):
        drop_exports(bench.settings, study_id)
    return changed


def lowered(before: Iterable[Participant], after: Iterable[Participant]) -> bool:
    """Whether somebody who agreed to marketing no longer does."""
    now = {one.id: one.consent for one in after}
    return any(one.consent is Consent.MARKETING and now.get(one.id, one.consent) is not one.consent for one in before)
