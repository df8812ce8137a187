"""A small account, and who of it is meant by which words."""

from small_study import evidence_in, source_of

from app.models.buying_cues import load_buying_cues
from app.models.study import Study
from app.synthesis.buying.mentions import Directory
from app.synthesis.buying.statements import Account, Statement
from app.synthesis.material import Material
from retrieval.embeddings import MiniLM
from retrieval.evidence import Participant

ROLES = {"P1": "Head of sales", "P2": "Sales analyst", "P3": "Procurement manager", "P4": "IT engineer"}


def directory(embedder: MiniLM, *said: str) -> tuple[Account, Directory]:
    """An account in which P1 says the sentences; P2 is called Yuki in the transcript."""
    people = [Participant(id=one, attributes={"role": role}) for one, role in ROLES.items()]
    mine, hers = source_of("P1", *said), source_of("P2", "I count what is left.")
    named = hers.model_copy(
        update={
            "speakers": [
                one.model_copy(update={"label": "Yuki"}) if one.participant_id else one for one in hers.speakers
            ],
            "turns": [one.model_copy(update={"speaker": "Yuki"}) if one.index else one for one in hers.turns],
        }
    )
    material = Material(Study(id="s", name="S"), people, [mine, named], [], [], None)
    statements = [Statement(evidence_in(mine, sentence), 1) for sentence in said]
    account = Account("Acme", people, statements, embedder)
    return account, Directory(account, material, load_buying_cues())
