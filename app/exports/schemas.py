"""schemas.zip: the published JSON Schemas, each in a file of its own."""

import json
from collections.abc import Iterator

from app.exports.outgoing import Outgoing
from app.packing import zipped
from app.schemas import PUBLISHED, json_schema


def schema_files() -> Iterator[tuple[str, bytes]]:
    """Name and content of each."""
    for name in PUBLISHED:
        yield f"{name}.schema.json", (json.dumps(json_schema(name), ensure_ascii=False, indent=2) + "\n").encode()


def schemas_zip(out: Outgoing) -> bytes:
    return zipped(schema_files())
