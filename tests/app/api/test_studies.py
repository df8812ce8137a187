"""Studies over HTTP, and the manners all rooms share: problems, pages, ETags, idempotency."""

from fastapi.testclient import TestClient

V1 = "/api/v1"


def test_a_study_is_made_read_listed_and_deleted(client: TestClient) -> None:
    made = client.post(f"{V1}/studies", json={"name": "Spring: Köln", "product": "Tea"})
    assert (made.status_code, made.headers["location"]) == (201, f"{V1}/studies/spring-koln")
    assert made.json()["product"] == "Tea"
    assert client.get(made.headers["location"]).json()["sources"] == 0
    assert [one["id"] for one in client.get(f"{V1}/studies").json()["items"]] == ["small", "spring-koln"]
    assert client.delete(made.headers["location"]).status_code == 204
    assert client.get(made.headers["location"]).status_code == 404


def test_an_idempotency_key_makes_a_study_once(client: TestClient) -> None:
    key = {"Idempotency-Key": "k1"}
    first, again = (client.post(f"{V1}/studies", json={"name": "Autumn"}, headers=key) for _ in range(2))
    assert first.json() == again.json() and again.status_code == 201
    assert client.post(f"{V1}/studies", json={"name": "Autumn"}).status_code == 409
    other = client.post(f"{V1}/studies", json={"name": "Autumn", "product": "Tea"}, headers=key)
    assert other.status_code == 409


def test_an_error_is_a_problem_that_says_what_to_do(client: TestClient) -> None:
    answer = client.get(f"{V1}/studies/nope")
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["type"], problem["status"], problem["title"]) == ("not-found", 404, "Not Found")
    assert "Known studies: small" in problem["detail"]


def test_a_request_that_does_not_fit_is_not_repeated_in_the_answer(client: TestClient) -> None:
    problem = client.post(f"{V1}/studies", json={"name": "X", "secret": "what she said"}).json()
    assert problem["status"] == 422 and problem["errors"][0].startswith("body.secret")
    assert "what she said" not in str(problem)


def test_an_unknown_address_is_a_problem_too(client: TestClient) -> None:
    answer = client.get(f"{V1}/nothing")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_pages_follow_each_other_without_gap_or_repetition(client: TestClient) -> None:
    whole = client.get(f"{V1}/studies/small/evidence", params={"limit": 500}).json()
    seen, cursor = [], None
    while True:
        page = client.get(f"{V1}/studies/small/evidence", params={"limit": 40} | ({"cursor": cursor} if cursor else {}))
        seen += page.json()["items"]
        cursor = page.json()["next"]
        if cursor is None:
            break
    assert seen == whole["items"] and len(seen) == whole["total"] > 80


def test_a_cursor_that_is_none_is_refused(client: TestClient) -> None:
    assert client.get(f"{V1}/studies", params={"cursor": "€"}).status_code == 400
    assert client.get(f"{V1}/studies", params={"cursor": "Z29uZQ"}).status_code == 409


def test_who_has_it_already_is_not_sent_it_again(client: TestClient) -> None:
    first = client.get(f"{V1}/studies/small/segments")
    again = client.get(f"{V1}/studies/small/segments", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"{V1}/studies/small/segments", headers={"If-None-Match": '"other"'}).json() == first.json()
