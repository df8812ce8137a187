"""What changed between two readings of one file, in a line for the report."""

from collections import Counter

from retrieval.evidence import Role, Source


def describe_change(before: Source, after: Source) -> str:
    """How many turns are new, gone and as they were, and whose role changed."""
    old, new = _turns(before), _turns(after)
    facts = [f"{(new - old).total()} turns new", f"{(old - new).total()} gone", f"{(old & new).total()} as before"]
    return f"{after.name}: {', '.join(facts)}{''.join(_roles(before, after))}"


def _turns(source: Source) -> Counter[tuple[str, str]]:
    return Counter((turn.speaker, turn.of(source.text)) for turn in source.turns)


def _roles(before: Source, after: Source) -> list[str]:
    earlier = {speaker.label: speaker.role for speaker in before.speakers}
    return [
        f"; {speaker.label} is now {'the interviewer' if speaker.role is Role.INTERVIEWER else 'a participant'}"
        for speaker in after.speakers
        if earlier.get(speaker.label, speaker.role) is not speaker.role
    ]
