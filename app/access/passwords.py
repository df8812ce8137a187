"""Passwords: hashed with argon2, checked in the same time whether there is such a user or not."""

import secrets
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.errors import BadInput

SHORTEST, LONGEST = 10, 200
# A hash takes 64 MB while it is made: so many at once, and the others wait.
_SEATS = BoundedSemaphore(2)
hasher = PasswordHasher()


def hashed(password: str) -> str:
    with _SEATS:
        return hasher.hash(password)


def fits(password: str, known: str | None) -> bool:
    """Whether it is the password of that hash; without a hash the same work is done, and the answer is no."""
    with _SEATS:
        try:
            return hasher.verify(known or _nobodys(), password[: LONGEST + 1]) and known is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(known: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return hasher.check_needs_rehash(known)


def must_be_usable(password: str, name: str) -> None:
    """BadInput for a password that is too short, too long, or the name."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInput(f"A password has {SHORTEST} to {LONGEST} characters. A few unrelated words make a good one.")
    if password.casefold().strip() == name.casefold():
        raise BadInput("The password is the name. Choose something nobody can guess.")


def made_up() -> str:
    """A password to be printed once."""
    return secrets.token_urlsafe(15)


@cache
def _nobodys() -> str:
    return hasher.hash(secrets.token_urlsafe(16))
