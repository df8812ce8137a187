"""Small words and figures of the playbook: shares, times, odds, lists of people, colour families.

Everything here turns a value into a short string fit for print; nothing knows of HTML.
"""

from collections.abc import Sequence

from retrieval.evidence import Participant

NBSP = "\N{NO-BREAK SPACE}"
# What stands in the place of words that not everybody may see.
WITHHELD = "Words withheld: consent is for research only."

# Code → colour family and short label. Fourteen codes share eight colours, chosen to stay apart in deutan
# and protan vision; 0 is grey. Labels are short enough for a margin.
CODES: dict[str, tuple[int, str]] = {
    "stressor": (1, "Stressor"),
    "pain_point": (2, "Pain point"),
    "experience": (2, "Experience"),
    "budget": (3, "Budget"),
    "motivation": (4, "Motivation"),
    "success_criterion": (4, "Success"),
    "decision_logic": (5, "Decision"),
    "intent": (5, "Intent"),
    "influence": (6, "Influence"),
    "expectation": (7, "Expectation"),
    "behavior": (7, "Behaviour"),
    "aptitude": (7, "Aptitude"),
    "objection": (8, "Objection"),
    "context": (0, "Context"),
}

# Columns of participants.csv that say what somebody does, best first. Others (account, employer, file)
# may tell who somebody is, so the playbook never prints them.
WORK = ("role", "role_guess", "job_title", "job", "occupation", "title", "function", "cohort")
TRADE = ("industry", "sector", "field", "domain")
# Groupings of roles, for counting people where every role is somebody's own.
KINDS = ("role_family", "role_group", "department", "cohort")
# Marks of quotation that may stand where ours would.
OPENING, CLOSING = set('"“„«'), set('"”“»')
UNKNOWN = {"", "-", "?", "n/a", "na", "none", "unknown", "not stated", "not known"}


def family(code: str) -> int:
    """The colour family (1 to 8) of a code; 0, grey, where the code has none."""
    return CODES.get(code, (0, ""))[0]


def label(code: str) -> str:
    """A code's short label; a code that is not in the table is shown under its id."""
    return CODES[code][1] if code in CODES else code.replace("_", " ").capitalize()


def families() -> list[tuple[int, str]]:
    """The legend of colours: each family with the codes that share it, grey last."""
    shared: dict[int, list[str]] = {}
    for number, name in CODES.values():
        shared.setdefault(number, []).append(name)
    return sorted(((number, ", ".join(names)) for number, names in shared.items()), key=lambda row: row[0] or 9)


def own_marks(text: str) -> str:
    """Which marks of quotation a quote brings along: `opens`, `closes`, both or none. Ours are not set beside them."""
    said = text.strip()
    found = (("opens", said[:1] in OPENING), ("closes", said[-1:] in CLOSING))
    return " ".join(name for name, there in found if said and there)


def percent(share: float) -> str:
    """`0.875` → `88 %`, rounded half up so that a page never shows less than was counted."""
    return f"{int(share * 100 + 0.5)}{NBSP}%"


def count(n: int, one: str, many: str = "") -> str:
    """`1 person`, `9 people`: a figure and its noun, kept on one line. The plural is `one` + s unless given."""
    return f"{n:,}{NBSP}{one if n == 1 else many or one + 's'}"


def people(n: int) -> str:
    return count(n, "person", "people")


def listed(names: Sequence[str], most: int = 4) -> str:
    """`P02, P07 and P12`; beyond `most` names the rest are counted."""
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} others"]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def clock(seconds: float) -> str:
    """Seconds as `02:37`, from an hour on as `1:02:37`."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def luck(probability: float) -> str:
    """A p-value as odds: `0.0119` → `1 in 84`. Chances above one half are said in words."""
    if probability > 0.5:
        return "more likely than not"
    if probability < 1e-4:
        return "less than 1 in 10,000"
    return f"1 in {round(1 / probability):,}"


def interval(low: float | None, high: float | None) -> str:
    """The ends of an interval of ratios: `0.7 to 170`; empty where they are not known."""
    return "" if low is None or high is None else f"{ratio(low)} to {ratio(high)}"


def ratio(value: float) -> str:
    """A ratio with as many figures as it bears: `0.72` → `0.7`, `174.23` → `174`."""
    return f"{value:.1f}" if value < 10 else f"{value:,.0f}"


def describe(person: Participant) -> str:
    """What a participant does, from their role-like and trade-like attributes; empty where none is known."""
    found = [first(person, WORK), first(person, TRADE)]
    return ", ".join(dict.fromkeys(text for text in found if text))


def kind(person: Participant) -> str:
    """The kind of work a participant does, for counting; their role where no grouping is known."""
    return first(person, KINDS) or first(person, WORK)


def first(person: Participant, columns: Sequence[str]) -> str:
    """The first of these attributes that says something."""
    attributes = {name.strip().lower().replace(" ", "_"): value.strip() for name, value in person.attributes.items()}
    found = (attributes.get(column, "") for column in columns)
    return next((value for value in found if value.lower() not in UNKNOWN), "")
