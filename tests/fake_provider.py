"""A provider of language models on loopback: real HTTP, scripted answers, and the faults real ones have."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Fault:
    """What one request gets: a status with headers and body, or no answer at all (`drop`, `hang`)."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    drop: bool = False
    hang: bool = False


def completion(text: str | None, finish: str = "stop", refusal: str | None = None, usage: bool = True) -> str:
    """The body of a chat completion."""
    message = {"role": "assistant", "content": text, "refusal": refusal}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    body: dict[str, Any] = {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": "fake-1",
        "choices": [choice],
    }
    if usage:
        body["usage"] = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    return json.dumps(body)


def answer(text: str | None, finish: str = "stop", refusal: str | None = None, usage: bool = True) -> Fault:
    """A request that is answered."""
    return Fault(body=completion(text, finish, refusal, usage))


def failure(status: int, message: str = "no", code: str | None = None, **headers: str) -> Fault:
    error = {"error": {"message": message, "type": "x", "code": code, "param": None}}
    return Fault(status, {name.replace("_", "-"): value for name, value in headers.items()}, json.dumps(error))


class FakeProvider:
    """Answers requests by `plan`, one after the other, and the last one for ever; remembers what it was sent."""

    def __init__(self, *plan: Fault):
        self.plan = list(plan)
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.url = ""
        self.given_up = threading.Event()
        self._lock = threading.Lock()

    @property
    def prompts(self) -> list[str]:
        """The user messages it was sent."""
        return [request["messages"][-1]["content"] for request in self.requests]

    def next(self, request: dict[str, Any], headers: dict[str, str]) -> Fault:
        with self._lock:
            self.requests.append(request)
            self.headers.append(headers)
            return self.plan.pop(0) if len(self.plan) > 1 else (self.plan or [Fault()])[0]


@contextmanager
def serving(*plan: Fault, by: type[FakeProvider] = FakeProvider) -> Iterator[FakeProvider]:
    """A provider that answers by `plan` while the block runs."""
    provider = by(*plan)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    provider.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield provider
    finally:
        provider.given_up.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(provider: FakeProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers["content-length"])
            headers = {name.lower(): value for name, value in self.headers.items()}
            provider.paths.append(self.path)
            fault = provider.next(json.loads(self.rfile.read(size)), headers)
            if fault.hang:
                provider.given_up.wait()
            if fault.drop or fault.hang:
                self.close_connection = True
                return
            body = fault.body.encode()
            self.send_response(fault.status)
            for name, value in {"content-type": "application/json", **fault.headers}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *given: object) -> None:
            pass

    return Handler
