"""Token: lets a program in, in somebody's name. Its secret is shown once and kept by nobody."""

from app.models.base import Model


class Token(Model):
    """`scope` are the actions it may be used for, `made` and `expires` seconds since 1970."""

    id: str
    user_id: str
    name: str
    scope: list[str]
    made: float
    expires: float
