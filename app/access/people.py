"""People: who may log in, what they are, and the studies they belong to. Every change is in the audit log."""

from app.access import passwords
from app.access.log import note
from app.access.names import tidy, user_id
from app.errors import Conflict, NotFound
from app.models.user import Role, User
from app.store import Store
from app.store.store import Transaction


def add_user(store: Store, name: str, role: Role, password: str, by: str) -> User:
    """Conflict where the name is taken, in whatever spelling."""
    shown = tidy(name)
    passwords.must_be_usable(password, shown)
    new, digest = User(id=user_id(shown), name=shown, role=role), passwords.hashed(password)
    with store.transaction() as tx:
        if tx.users.get(new.id):
            raise Conflict(f"There is a user “{shown}” already. Choose another name, or change that one.")
        tx.users.add(new, digest)
        note(tx, by, "add user", about=f"user={new.name} role={role}")
    return new


def find_user(store: Store, name: str) -> User:
    """The user of that name, in whatever spelling, or with that id; NotFound."""
    with store.transaction() as tx:
        return _known(tx, name)


def set_role(store: Store, name: str, role: Role, by: str) -> User:
    """Holds for the next request they make. Conflict where nobody would be left who can manage people."""
    with store.transaction() as tx:
        user = _known(tx, name)
        tx.users.change(user.id, role=role)
        _an_admin_is_left(tx, user)
        note(tx, by, "change role", about=f"user={user.name} role={role}")
    return user.model_copy(update={"role": role})


def set_active(store: Store, name: str, active: bool, by: str) -> User:
    """Who is not active cannot log in, and is logged out everywhere; their tokens let nobody in."""
    with store.transaction() as tx:
        user = _known(tx, name)
        tx.users.change(user.id, active=active)
        _an_admin_is_left(tx, user)
        if not active:
            tx.sessions.end_all(user.id)
        note(tx, by, "enable user" if active else "disable user", about=f"user={user.name}")
    return user.model_copy(update={"active": active})


def set_password(store: Store, name: str, password: str, by: str) -> None:
    """Ends all their sessions."""
    user = find_user(store, name)
    passwords.must_be_usable(password, user.name)
    digest = passwords.hashed(password)
    with store.transaction() as tx:
        tx.users.change(user.id, password=digest)
        tx.sessions.end_all(user.id)
        note(tx, by, "change password", about=f"user={user.name}")


def join(store: Store, name: str, study_id: str, by: str) -> None:
    with store.transaction() as tx:
        user = _known(tx, name)
        if tx.studies.get(study_id) is None:
            raise NotFound("study", study_id, "List them with: dramatis study list")
        tx.users.join(study_id, user.id)
        note(tx, by, "join study", study_id, about=f"user={user.name}")


def leave(store: Store, name: str, study_id: str, by: str) -> None:
    with store.transaction() as tx:
        user = _known(tx, name)
        tx.users.leave(study_id, user.id)
        note(tx, by, "leave study", study_id, about=f"user={user.name}")


def made_by(store: Store, study_id: str, maker_id: str) -> None:
    """Whoever makes a study belongs to it; in local mode nobody needs to."""
    if maker_id:
        with store.transaction() as tx:
            tx.users.join(study_id, maker_id)


def has_admin(store: Store) -> bool:
    with store.transaction() as tx:
        return _admins(tx)


def _known(tx: Transaction, name: str) -> User:
    found = tx.users.get(user_id(name)) or tx.users.get(name)
    if found is None:
        raise NotFound("user", name, "List them with: dramatis user list")
    return found


def _an_admin_is_left(tx: Transaction, changed: User) -> None:
    if changed.role is Role.ADMIN and not _admins(tx):
        raise Conflict(f"“{changed.name}” is the only admin. Make somebody else one first.")


def _admins(tx: Transaction) -> bool:
    return any(user.role is Role.ADMIN and user.active for user in tx.users.all())
