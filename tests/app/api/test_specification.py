"""The whole specification, tried out by schemathesis: whatever is sent, the answer is one that is described."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import booleans
from schemathesis.specs.openapi.checks import positive_data_acceptance
from team import quick_hashes

EXAMPLES = 15
SOMEBODY = {"name": "Ana", "role": "writer", "password": "nine kettles in autumn"}


def operations(client: TestClient) -> Iterator[Any]:
    schema = schemathesis.openapi.from_asgi("/openapi.json", client.app)
    return (found.ok() for found in schema.get_all_operations())


def known_ids(client: TestClient) -> dict[str, Any]:
    """Path parameter → what there is."""
    study = "/api/v1/studies/small"
    first = {
        name: client.get(f"{study}/{name}s").json()["items"][0]["id"]
        for name in ("source", "persona", "theme", "participant")
    }
    persona = client.get(f"{study}/personas/{first['persona']}").json()["persona"]
    return first | {
        "study": "small",
        "number": 1,
        "file": "personas.json",
        "claim": persona["pain_points"][0]["id"],
        "segment": persona["segment_id"],
        "evidence": client.get(f"{study}/evidence").json()["items"][0]["id"],
        "user": client.post("/api/v1/users", json=SOMEBODY).json()["id"],
        "brief": client.post(f"{study}/briefs", json={"persona": first["persona"]}).json()["brief"]["id"],
        "job": client.post(f"{study}/jobs", json={"kind": "draft"}).json()["id"],
    }


def try_out(operation: Any, known: dict[str, Any]) -> None:
    """Send what fits the description, and what almost does, to what there is and to what there is not; raises where an
    answer does not fit.

    Words that nobody said fit the description of a quote and cannot be coded all the same; so a refusal is no fault.
    """

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), real=booleans())
    def attempt(case: Any, real: bool) -> None:
        if real and operation.method != "delete":
            case.path_parameters.update({name: known[name] for name in case.path_parameters.keys() & known.keys()})
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    attempt()


# Threads of the job desk draw random numbers while strategies draw theirs.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module")
def test_every_answer_is_described(client: TestClient) -> None:
    with quick_hashes():
        try_out_all(client)


def try_out_all(client: TestClient) -> None:
    tried, wrong, known = 0, [], known_ids(client)
    for operation in operations(client):
        tried += 1
        try:
            try_out(operation, known)
        except (Exception, BaseExceptionGroup) as error:
            wrong.append(f"{operation.label}: {error}")
    assert tried > 30
    assert not wrong, "\n\n".join(wrong)
