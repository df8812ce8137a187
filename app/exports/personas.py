"""personas.json: the cast for programs."""

import json

from app.models.cast import Cast


def personas_json(cast: Cast) -> str:
    """The cast as a JSON document; equal casts give equal bytes."""
    return json.dumps(cast.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"
