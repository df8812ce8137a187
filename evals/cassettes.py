"""Cassettes: conversations with a language model, recorded once and played back word for word, without a network.

A request is matched by method, path and body: what was never asked before has no answer, and says so. Keys and other
headers are left out of the file, as are failures; bodies are kept as JSON that people can read and compare.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.errors import BadInput
from app.settings import Settings
from app.wiring import read_settings

# What plays for a dataset whose folder has the same name.
CASSETTES = Path(__file__).resolve().parents[1] / "tests" / "cassettes"
HEADERS = {"content-type"}
SUCCESS = 200


@contextmanager
def playing(path: Path, *, record: bool = False) -> Iterator[Any]:
    """Play `path`; with `record`, ask whatever endpoint is set and write it anew. BadInput where it cannot be."""
    if not record and not path.exists():
        raise BadInput(f"{path}: there is no such cassette. Record one with --record.")
    try:
        import vcr
    except ImportError as error:
        raise BadInput("Cassettes need vcrpy: pip install 'dramatis[test]'.") from error
    # What was recorded before stays until the new recording is whole.
    target = path.with_suffix(".new.json") if record else path
    if record:
        target.unlink(missing_ok=True)
    recorder = vcr.VCR(
        match_on=["method", "path", "body"],
        record_mode="new_episodes" if record else "none",
        before_record_request=_bare_request,
        before_record_response=_bare_response,
    )
    recorder.register_serializer("readable", Readable)
    with recorder.use_cassette(str(target), serializer="readable") as cassette:
        yield cassette
    if record:
        target.replace(path)


@contextmanager
def heard(dataset: Path, engine: str | None, cassette: Path | None, *, record: bool) -> Iterator[Settings]:
    """The settings to run with: a language model played from its cassette where one is named, or where none is set up
    and the dataset has one; recorded where that is wished."""
    settings = read_settings()
    if engine:
        settings = settings.model_copy(update={"engine": engine})
    path = cassette or cassette_for(dataset)
    plays = settings.reader == "llm" and (cassette is not None or (path.exists() and not settings.model.usable))
    if record:
        if settings.reader != "llm":
            raise BadInput("There is no conversation to record: the engine is “local”. Set up a model first.")
        with playing(path, record=True):
            yield settings
    elif plays:
        with playing(path):
            yield settings_for(path, settings)
    else:
        yield settings


def cassette_for(dataset: Path) -> Path:
    """Where the cassette of a dataset lies."""
    return CASSETTES / f"{dataset.resolve().name}.json"


def settings_for(path: Path, settings: Settings | None = None) -> Settings:
    """The settings with the model and the address that the cassette was recorded with."""
    settings = settings or Settings()
    try:
        first = json.loads(path.read_text(encoding="utf-8"))["interactions"][0]["request"]
        name, address = first["body"]["model"], first["uri"].removesuffix("/chat/completions")
    except (OSError, ValueError, LookupError) as error:
        raise BadInput(f"{path}: this is no cassette of a conversation. Record it anew with --record.") from error
    model = settings.model.model_copy(update={"name": f"openai:{name}", "base_url": address, "steps": {}, "retries": 0})
    return settings.model_copy(update={"engine": "llm", "model": model})


class Readable:
    """A serializer of vcrpy: bodies as JSON, not as strings of JSON."""

    @staticmethod
    def serialize(cassette: dict[str, Any]) -> str:
        rows = [_with_bodies(row, json.loads) for row in cassette["interactions"]]
        # Calls made side by side end in any order; the file keeps one.
        rows.sort(key=lambda row: json.dumps(row["request"]["body"], sort_keys=True))
        return json.dumps(cassette | {"interactions": rows}, indent=1, ensure_ascii=False) + "\n"

    @staticmethod
    def deserialize(text: str) -> dict[str, Any]:
        cassette: dict[str, Any] = json.loads(text)
        rows = [
            _with_bodies(row, lambda body: json.dumps(body, ensure_ascii=False)) for row in cassette["interactions"]
        ]
        return cassette | {"interactions": rows}


def _with_bodies(row: dict[str, Any], change: Any) -> dict[str, Any]:
    asked, told = row["request"], row["response"]
    body = told["body"]
    text = body["string"]
    plain = text.decode() if isinstance(text, bytes) else text
    return row | {
        "request": asked | {"body": change(asked["body"])},
        "response": told | {"body": body | {"string": change(plain)}},
    }


def _bare_request(request: Any) -> Any:
    request.headers = {name: value for name, value in request.headers.items() if name.lower() in HEADERS}
    return request


def _bare_response(response: dict[str, Any]) -> dict[str, Any] | None:
    """The response without what only its day can tell; None for a failure: it was asked again, and playing back never
    does."""
    if response["status"]["code"] != SUCCESS:
        return None
    kept = {name: value for name, value in response["headers"].items() if name.lower() in HEADERS}
    return response | {"headers": kept}
