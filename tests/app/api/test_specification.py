"""The whole specification, tried out by schemathesis: whatever is sent, the answer is one that is described."""

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, settings


@pytest.fixture
def specification(client: TestClient) -> object:
    return schemathesis.openapi.from_asgi("/openapi.json", client.app)


lazy = schemathesis.pytest.from_fixture("specification")


@lazy.parametrize()
@settings(
    max_examples=6,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_described(case: schemathesis.Case) -> None:
    case.call_and_validate()
