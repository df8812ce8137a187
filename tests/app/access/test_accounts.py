"""Accounts: passwords, users, sessions, tokens, and how long somebody who guesses waits."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher
from team import PASSWORD, add, quick_hashes

from app.access import passwords, people
from app.access.action import ALLOWED, Action
from app.access.entry import Entry
from app.access.log import record, verify
from app.access.sessions import HOURS, change_own_password, digest_of, log_in, log_out
from app.access.throttle import Throttle
from app.access.tokens import make_token, revoke_token
from app.errors import BadInput, Conflict, Forbidden, NotFound, TooManyTries
from app.models.session import Session
from app.models.user import Role
from app.store import Store
from app.workbench import Workbench

HERE = "10.0.0.7"


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    with quick_hashes():
        yield


@pytest.fixture
def store(bench: Workbench) -> Store:
    return bench.store


def kept_bytes(bench: Workbench) -> bytes:
    """All that is on the disk, what is still to be merged included."""
    return b"".join(path.read_bytes() for path in bench.settings.home.glob("workbench.sqlite*"))


def enter(store: Store, name: str = "Ana", password: str = PASSWORD) -> str:
    return log_in(store, Throttle(), name, password, HERE)


def test_a_password_is_kept_as_an_argon2_hash_and_nothing_else(bench: Workbench) -> None:
    user = add(bench, "Ana", Role.ADMIN)
    with bench.store.transaction() as tx:
        kept = tx.users.password(user)
    assert kept and kept.startswith("$argon2id$") and PASSWORD not in kept
    assert passwords.fits(PASSWORD, kept) and not passwords.fits(PASSWORD + "x", kept)


def test_an_unknown_name_costs_the_same_work(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    checked: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:
            checked.append(str(password))
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "hasher", Counting(time_cost=1, memory_cost=8, parallelism=1))
    with pytest.raises(Forbidden, match="name or the password"):
        enter(store, "nobody", "some password")
    assert checked == ["some password"]


def test_a_hash_of_other_parameters_is_made_anew_when_somebody_logs_in(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = add(bench, "Ana", Role.ADMIN)
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    enter(bench.store)
    with bench.store.transaction() as tx:
        kept = tx.users.password(user)
    assert kept and "m=16,t=2" in kept and passwords.fits(PASSWORD, kept)


@pytest.mark.parametrize("spelling", ["ana lópez", "ANA LÓPEZ", "  Ana   López ", "AnaLópez", "Ａｎａ López"])
def test_a_name_is_the_same_in_every_spelling(bench: Workbench, spelling: str) -> None:
    add(bench, "Ana López", Role.ADMIN)
    with pytest.raises(Conflict):
        add(bench, spelling, Role.WRITER)
    assert enter(bench.store, spelling)


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\x00b", "local", "L L M", "a\u202eb"])
def test_what_is_no_name_is_refused(bench: Workbench, name: str) -> None:
    with pytest.raises(BadInput):
        add(bench, name, Role.WRITER)


@pytest.mark.parametrize("password", ["short", "x" * 201, "Anastasia K"])
def test_a_poor_password_is_refused(store: Store, password: str) -> None:
    with pytest.raises(BadInput):
        people.add_user(store, "anastasia k", Role.WRITER, password, "test")


@pytest.mark.parametrize("change", ["role", "active"])
def test_one_admin_is_always_left(bench: Workbench, change: str) -> None:
    add(bench, "Ana", Role.ADMIN)
    with pytest.raises(Conflict, match="only admin"):
        if change == "role":
            people.set_role(bench.store, "Ana", Role.WRITER, "test")
        else:
            people.set_active(bench.store, "Ana", False, "test")
    assert people.has_admin(bench.store)


def test_only_the_digest_of_a_session_is_kept(bench: Workbench) -> None:
    add(bench, "Ana", Role.ADMIN)
    secret = enter(bench.store)
    assert secret.encode() not in kept_bytes(bench)
    with bench.store.transaction() as tx:
        found = tx.sessions.get(digest_of(secret))
    assert found and found.expires - found.started == HOURS * 3600


def test_a_session_ends_where_it_should(bench: Workbench) -> None:
    add(bench, "Ana", Role.ADMIN)
    add(bench, "Ben", Role.WRITER)
    store, entry = bench.store, Entry(bench.store)
    left, reset, gone = enter(store), enter(store, "Ben"), ""
    assert entry.by_session(left) and entry.by_session(reset)
    log_out(store, left, "Ana")
    people.set_password(store, "Ben", "another good password", "Ana")
    gone = enter(store, "Ben", "another good password")
    assert entry.by_session(gone)
    people.set_active(store, "Ben", False, "Ana")
    assert not any(entry.by_session(one) for one in (left, reset, gone, "", "guess"))
    with pytest.raises(Forbidden):
        enter(store, "Ben", "another good password")


def test_a_session_expires_however_busy(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    add(bench, "Ana", Role.ADMIN)
    entry, secret = Entry(bench.store), enter(bench.store)
    assert entry.by_session(secret)
    later = time.time() + HOURS * 3600 + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert entry.by_session(secret) is None


def test_changing_ones_password_ends_all_other_sessions(bench: Workbench) -> None:
    user = add(bench, "Ana", Role.ADMIN)
    other, entry = enter(bench.store), Entry(bench.store)
    with pytest.raises(Forbidden):
        change_own_password(bench.store, Throttle(), user, "not the old one", "a new good password", HERE)
    fresh = change_own_password(bench.store, Throttle(), user, PASSWORD, "a new good password", HERE)
    assert entry.by_session(fresh) and not entry.by_session(other)


def test_a_role_or_a_study_taken_away_holds_at_once(bench: Workbench, study: str) -> None:
    add(bench, "Ana", Role.ADMIN)
    add(bench, "Ben", Role.RESEARCHER, study)
    entry, secret = Entry(bench.store), enter(bench.store, "Ben")
    before = entry.by_session(secret)
    assert before and before.belongs_to(study) and before.may(Action.RUN)
    people.set_role(bench.store, "Ben", Role.WRITER, "Ana")
    people.leave(bench.store, "Ben", study, "Ana")
    after = entry.by_session(secret)
    assert after and not after.belongs_to(study) and not after.may(Action.RUN)


def test_a_token_is_for_what_it_was_made_for_until_it_expires(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(bench, "Ana", Role.ADMIN)
    owner = people.find_user(bench.store, add(bench, "Ben", Role.WRITER))
    made = make_token(bench.store, owner, "reader", frozenset({Action.READ_PERSONAS}), 1, "Ben")
    assert made.secret.encode() not in kept_bytes(bench)
    entry = Entry(bench.store)
    bearer = entry.by_token(made.secret)
    assert bearer and bearer.actions == {Action.READ_PERSONAS} and entry.by_session(made.secret) is None
    later = time.time() + 86401
    monkeypatch.setattr(time, "time", lambda: later)
    assert entry.by_token(made.secret) is None


def test_a_token_goes_down_with_its_owner(bench: Workbench) -> None:
    add(bench, "Ana", Role.ADMIN)
    owner = people.find_user(bench.store, add(bench, "Ben", Role.RESEARCHER))
    made = make_token(bench.store, owner, "all", ALLOWED[Role.RESEARCHER], 1, "Ben")
    entry = Entry(bench.store)
    people.set_role(bench.store, "Ben", Role.WRITER, "Ana")
    bearer = entry.by_token(made.secret)
    assert bearer and bearer.actions == ALLOWED[Role.WRITER]
    people.set_active(bench.store, "Ben", False, "Ana")
    assert entry.by_token(made.secret) is None


def test_a_token_beyond_its_owner_is_not_made(bench: Workbench) -> None:
    owner = people.find_user(bench.store, add(bench, "Ben", Role.WRITER))
    for scope, days in ((frozenset({Action.RUN}), 1), (frozenset[Action](), 1), (ALLOWED[Role.WRITER], 1000)):
        with pytest.raises(BadInput):
            make_token(bench.store, owner, "more", scope, days, "Ben")


def test_nobody_revokes_somebody_elses_token(bench: Workbench) -> None:
    owner = people.find_user(bench.store, add(bench, "Ben", Role.WRITER))
    other = add(bench, "Cleo", Role.WRITER)
    made = make_token(bench.store, owner, "mine", ALLOWED[Role.WRITER], 1, "Ben")
    with pytest.raises(NotFound):
        revoke_token(bench.store, made.token.id, "Cleo", of=other)
    revoke_token(bench.store, made.token.id, "Ben", of=owner.id)


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_guessing_takes_longer_and_longer() -> None:
    clock = Clock()
    throttle, waits = Throttle(clock), []
    for _ in range(12):
        waits.append(throttle.begin("ana", HERE))
        clock.now += waits[-1]
        if waits[-1]:
            assert throttle.begin("ana", HERE) == 0
    assert waits[:5] == [0] * 5 and waits[5:8] == [1, 2, 4] and max(waits) <= 60


def test_many_guesses_at_once_are_not_free() -> None:
    throttle = Throttle(Clock())
    with ThreadPoolExecutor(16) as pool:
        waits = list(pool.map(lambda _: throttle.begin("ana", HERE), range(200)))
    assert waits.count(0) == 5


def test_guessing_many_names_from_one_address_is_slowed_and_ones_own_account_is_no_pass() -> None:
    throttle = Throttle(Clock())
    for number in range(30):
        if throttle.begin("mine", "2001:db8::1") == 0:
            throttle.passed("mine", "2001:db8::1")
        if throttle.begin(f"name {number}", f"2001:db8::{number:x}"):
            break
    assert 15 < number < 25


def test_a_locked_name_opens_again_and_success_forgets_failures() -> None:
    clock = Clock()
    throttle = Throttle(clock)
    for _ in range(5):
        throttle.begin("ana", HERE)
    assert throttle.begin("ana", HERE) > 0
    clock.now += 61
    assert throttle.begin("ana", HERE) == 0
    throttle.passed("ana", HERE)
    assert [throttle.begin("ana", HERE) for _ in range(5)] == [0] * 5


def test_a_wait_is_told_before_any_password_is_looked_at(bench: Workbench) -> None:
    add(bench, "Ana", Role.ADMIN)
    throttle = Throttle()
    for spelling in ("ana", "ANA", " Ana", "a n a", "Ana "):
        with pytest.raises(Forbidden):
            log_in(bench.store, throttle, spelling, "wrong password", HERE)
    with pytest.raises(TooManyTries, match="Wait 1 second"):
        log_in(bench.store, throttle, "Ana", PASSWORD, HERE)


def test_a_name_nobody_has_is_not_written_down(bench: Workbench) -> None:
    with pytest.raises(Forbidden):
        enter(bench.store, "my secret password", "in the wrong field")
    with bench.store.transaction() as tx:
        [entry] = tx.audit_log.newest(10)
    assert (entry.who, entry.action) == ("unknown", "fail to log in")
    assert b"fail to log in" in kept_bytes(bench)
    assert b"my secret password" not in kept_bytes(bench)


def test_sessions_of_one_user_do_not_grow_without_end(bench: Workbench) -> None:
    user = add(bench, "Ana", Role.ADMIN)
    with bench.store.transaction() as tx:
        for number in range(40):
            tx.sessions.add(Session(digest=f"{number}", user_id=user, started=number, expires=time.time() + 99))
    secret = enter(bench.store)
    with bench.store.transaction() as tx:
        left = [number for number in range(40) if tx.sessions.get(str(number))]
        assert tx.sessions.get(digest_of(secret)) and left == list(range(21, 40))


def test_entries_written_by_many_at_once_are_all_sealed(bench: Workbench) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: record(bench.store, "ana", "run", "s", f"n={number}"), range(60)))
    found = verify(bench.store)
    assert (found.entries, found.broken) == (60, None)


@pytest.mark.parametrize("spoil", [
    "UPDATE audit_log SET who='ben' WHERE number=3", "UPDATE audit_log SET at=at+1 WHERE number=3",
    "DELETE FROM audit_log WHERE number=3", "UPDATE audit_log SET study_id=NULL WHERE number=3",
    "DELETE FROM audit_log WHERE number=1",
], ids=["who", "when", "removed", "study", "first removed"])  # fmt: skip
def test_a_changed_entry_is_found(bench: Workbench, spoil: str) -> None:
    for number in range(6):
        record(bench.store, "ana", "run", "s", f"n={number}")
    with bench.store.engine.begin() as connection:
        connection.exec_driver_sql(spoil)
    assert verify(bench.store).broken in (2, 3, 4)


def test_an_entry_is_one_line_that_steers_no_terminal(bench: Workbench) -> None:
    entry = record(bench.store, "ana", "run", None, "a\n\x1b[31mb" + "c" * 1000)
    assert entry.about.isprintable() and len(entry.about) <= 300
