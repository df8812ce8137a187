"""Serving an application to a real browser, for as long as a test needs it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import BrowserContext

from app.web.server import hold

# Opens a context of its own in which the door is open.
Enter = Callable[..., BrowserContext]


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address of the application, as long as it answers."""
    held = hold("127.0.0.1", 0)
    config = uvicorn.Config(app, log_level="error", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{held.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    held.close()
