"""Buying centres: for each account with two members or more, who takes part, who is missing, who pulls apart from whom.

    accounts → statements → roles and members → missing roles → conflicts → common ground → consensus plan

Made from what is stored, the same way each time, so that nothing of it has to be stored or can go stale.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from app.errors import InsufficientEvidence, NotFound
from app.models.buying_centre import BuyingCentre
from app.models.buying_cues import load_buying_cues
from app.models.cast import Cast
from app.models.persona import Persona
from app.models.study import Study
from app.synthesis.buying.common_ground import Everybody, common_ground
from app.synthesis.buying.conflicts import ConflictFinder
from app.synthesis.buying.consensus import consensus_plan
from app.synthesis.buying.members import MemberDesk, asks_of
from app.synthesis.buying.mentions import Directory
from app.synthesis.buying.missing_roles import missing_note, missing_roles
from app.synthesis.buying.roles import RoleReader
from app.synthesis.buying.statements import Account, read_statements
from app.synthesis.material import Material
from app.workbench import Workbench
from retrieval.evidence import Participant, SourceKind, stable_id
from retrieval.splitting import split_sentences

# One person is no centre.
NEEDED = 2
Group = tuple[str, list[Participant]]


def find_buying_centres(bench: Workbench, material: Material, personas: Sequence[Persona]) -> list[BuyingCentre]:
    """The buying centre of every account with two interviewed participants or more, by name of the account."""
    groups = [group for group in accounts_of(material.participants, material.interviewed) if len(group[1]) >= NEEDED]
    if not groups or not material.evidence:
        return []
    everybody = Everybody(read_statements(material, material.interviewed), bench.embedder)
    return [_centre(bench, material, group, everybody, personas) for group in groups]


def accounts_of(participants: Sequence[Participant], interviewed: Sequence[str]) -> list[Group]:
    """Account → its interviewed participants. Case and white space make no other account of it."""
    people: dict[str, list[Participant]] = defaultdict(list)
    for person in sorted(participants, key=lambda one: one.id):
        key = account_key(person.attributes.get("account", ""))
        if key and person.id in interviewed:
            people[key].append(person)
    return [(_spelling(people[key]), people[key]) for key in sorted(people)]


def account_key(name: str) -> str:
    """What two spellings of one account have in common."""
    return " ".join(name.split()).casefold()


def _spelling(people: Sequence[Participant]) -> str:
    """The spelling most of its people use; the first of them where none leads."""
    return Counter(" ".join(one.attributes["account"].split()) for one in people).most_common(1)[0][0]


def _centre(
    bench: Workbench, material: Material, group: Group, everybody: Everybody, personas: Sequence[Persona]
) -> BuyingCentre:
    cues = load_buying_cues()
    name, people = group
    ids = [person.id for person in people]
    account = Account(name, people, [one for one in everybody.statements if one.speaker in ids], bench.embedder)
    reader = RoleReader(account, cues)
    desk = MemberDesk(account, reader, personas, asks_of(bench.fields, cues.asks))
    members = [desk.describe(person) for person in people]
    finder = ConflictFinder(account, Directory(account, material, cues), cues, list(_notes(material)))
    conflicts = finder.conflicts()
    return BuyingCentre(
        id=stable_id("bc", account_key(name)),
        account=name,
        decision=decision(material.study),
        members=members,
        missing_roles=missing_roles(members, reader, cues),
        missing_note=missing_note(len(members)),
        conflicts=conflicts,
        common_ground=common_ground(account, everybody, finder.about_colleagues),
        consensus_plan=consensus_plan(members, conflicts, reader),
    )


def _notes(material: Material) -> Iterator[str]:
    """The sentences of notes."""
    for source in material.sources:
        if source.kind is SourceKind.NOTE:
            yield from (sentence.of(source.text) for sentence in split_sentences(source))


def decision(study: Study) -> str:
    """What the account decides about, as far as the study says."""
    what = study.product or study.product_area or "what the study is about"
    area = f" ({study.product_area})" if study.product and study.product_area else ""
    return f"Whether, when and how to buy {what}{area}."


def find_buying_centre(cast: Cast, wanted: str) -> BuyingCentre:
    """The account's buying centre. NotFound for an unknown account, InsufficientEvidence for one with one person."""
    found = [one for one in cast.buying_centres if account_key(one.account) == account_key(wanted)]
    if found:
        return found[0]
    known = accounts_of(cast.participants, [person.id for person in cast.participants])
    for name, people in known:
        if account_key(name) == account_key(wanted):
            raise _too_few(name, len(people))
    listed = ", ".join(name for name, _ in known)
    raise NotFound("account", wanted, f"Known accounts: {listed}" if listed else NO_ACCOUNTS)


NO_ACCOUNTS = "No participant has an account: add a column `account` to participants.csv and import it again"


def need_accounts(cast: Cast) -> None:
    """InsufficientEvidence where no account of the study has two interviewed participants."""
    if cast.buying_centres:
        return
    known = accounts_of(cast.participants, [person.id for person in cast.participants])
    if not known:
        raise InsufficientEvidence("a buying centre", 0, NEEDED, f"{NO_ACCOUNTS}.")
    raise _too_few(*max(((name, len(people)) for name, people in known), key=lambda row: row[1]))


def _too_few(account: str, heard: int) -> InsufficientEvidence:
    if heard >= NEEDED:
        remedy = "Code the interviews first: dramatis run STUDY"
        return InsufficientEvidence(f"the buying centre of {account}", 0, 1, remedy)
    ask = "Interview somebody else there; ask whoever you know: “Who else has a say in this, and who could stop it?”"
    return InsufficientEvidence(f"the buying centre of {account}", heard, NEEDED, ask)
