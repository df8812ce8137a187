"""Opening: the workbench, opened for an assistant when it first asks for something. Until then only the database is."""

from threading import Lock
from typing import TYPE_CHECKING

from pydantic import ValidationError
from pydantic_settings import SettingsError

from app.errors import BadInput
from app.mcp.caller import Caller
from app.settings import Settings
from app.store import open_store

if TYPE_CHECKING:
    from app.mcp.door import Door


class Opening:
    """Safe among threads."""

    def __init__(self, token: str, settings: Settings | None = None):
        self._token, self._settings = token, settings or _settings()
        self._lock = Lock()
        self._door: Door | None = None

    def must_let_in(self) -> None:
        """BadInput where there is no workbench; Forbidden where whoever starts it would be refused."""
        settings = self._settings
        if not settings.database.exists():
            raise BadInput(f"There is no workbench in {settings.home}. Set DRAMATIS_HOME to the folder of yours.")
        store = open_store(settings.database)
        try:
            Caller(store, self._token, settings.coder).who()
        finally:
            store.close()

    def door(self) -> "Door":
        with self._lock:
            if self._door is None:
                from app.mcp.door import Door
                from app.wiring import build_workbench

                bench = build_workbench(self._settings)
                self._door = Door(bench, Caller(bench.store, self._token, self._settings.coder))
            return self._door

    def close(self) -> None:
        with self._lock:
            if self._door is not None:
                self._door.bench.store.close()


def _settings() -> Settings:
    """Those of the environment. What the workbench is built of takes half a second to load, and is not needed here but
    for saying what is wrong with them."""
    try:
        return Settings()
    except (ValidationError, SettingsError):
        from app.wiring import read_settings

        return read_settings()
