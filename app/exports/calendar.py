"""reviews.ics: when personas are to be looked at again, and which briefs are to be written anew.

A review date is an all-day event; a stale brief is a task without a date, since nobody set one. Ids are made of the
study's own, so that a calendar that takes the file again changes its entries and adds none; and time stamps of who
decided when, so that equal studies make equal files. Nothing in it was said by anybody.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, Todo
from icalendar.enums import STATUS, TRANSP

from app.briefs.keeping import stale_briefs
from app.exports.outgoing import Outgoing
from app.exports.planning import title_of
from app.models.brief import Brief
from app.models.persona import Persona
from app.models.publication import Publication

PRODUCT = "-//Dramatis//Reviews//EN"
# Where nobody decided anything: the file does not tell when it was made.
NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def reviews_ics(out: Outgoing) -> bytes:
    name = f"{out.cast.study.name}: reviews"
    book = Calendar.new(prodid=PRODUCT, name=name, subcomponents=[*_events(out), *_tasks(out)], uid=_uid(out, "all"))
    return bytes(book.to_ical())


def _events(out: Outgoing) -> Iterator[Event]:
    """A day for each persona that has one."""
    for one in out.cast.personas:
        found = out.let_out.get(one.id)
        if found and found.review_due:
            yield _event(out, one, found, found.review_due)


def _event(out: Outgoing, one: Persona, found: Publication, due: date) -> Event:
    owner = f" Owner: {found.owner}." if found.owner else ""
    return Event.new(
        uid=_uid(out, one.id),
        summary=f"Review persona: {one.name}",
        description=f"Study: {out.cast.study.name}. Version {found.version}, published by {found.by}.{owner}",
        start=due,
        end=due + timedelta(days=1),
        stamp=datetime.fromtimestamp(int(found.at), UTC),
        transparency=TRANSP.TRANSPARENT,
        categories=["Dramatis"],
    )


def _tasks(out: Outgoing) -> Iterator[Todo]:
    """Something to do for each stale brief."""
    stale = stale_briefs(out.ground, out.briefs)
    yield from (_task(out, one, stale[one.id].why) for one in out.briefs if one.id in stale)


def _task(out: Outgoing, one: Brief, why: str) -> Todo:
    return Todo.new(
        uid=_uid(out, one.id),
        summary=f"Write anew: {title_of(one)}",
        description=f"Study: {out.cast.study.name}. The brief is stale: {why}.",
        stamp=one.approval.at or NO_TIME,
        status=STATUS.NEEDS_ACTION,
        categories=["Dramatis"],
    )


def _uid(out: Outgoing, id: str) -> str:
    return f"{out.study_id}-{id}@dramatis"
