"""What a provider's error means for us: Transient, where trying again may help, or a ModelError that says what to do.

Works on the shape of errors (a status, headers, a name), which the clients of most providers share, and imports none
of them. What the provider says is shown only where it does not repeat the prompt.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from app.engines.llm.model import Transient
from app.errors import ModelError

# Conflict, too early, too many; and every fault of the server itself (5xx).
PASSING = {408, 409, 425, 429}
REMEDIES = {
    400: "Check that the model takes JSON schemas; a smaller DRAMATIS_MODEL__PACK_TOKENS makes prompts shorter",
    401: "Check the key (OPENAI_API_KEY or DRAMATIS_MODEL__API_KEY)",
    403: "This key may not use this model; choose another, or ask whoever owns the account",
    404: "Check DRAMATIS_MODEL__NAME and DRAMATIS_MODEL__BASE_URL (it usually ends in /v1)",
}
# A quota that is used up is a 429 as well, and no waiting helps.
USED_UP = "insufficient_quota"
# Names of errors without a status, in the clients of OpenAI, httpx and others.
LOST = ("Connect", "Timeout", "Protocol", "Network", "RemoteDisconnected")
# So many characters in a row of ours in a message: it quotes the prompt.
TELLING, LONGEST = 24, 300


def translated(error: Exception, model: str, prompt: str) -> Exception:
    """The error as ours; `prompt` is what was asked."""
    if isinstance(error, ModelError | Transient):
        return error
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return _of_status(error, status, model, prompt)
    names = [kind.__name__ for kind in type(error).__mro__]
    if isinstance(error, OSError) or any(word in name for word in LOST for name in names):
        late = any("Timeout" in name for name in names)
        return Transient("no answer in time" if late else "no connection to the provider")
    # A body that is no chat completion makes the clients stumble in many ways.
    return Transient(f"an answer that is no chat completion ({type(error).__name__})")


def _of_status(error: Exception, status: int, model: str, prompt: str) -> Exception:
    # Servers repeat a wrong key in what they say of it.
    said = "" if status in (401, 403) else _said(error, prompt)
    if (status in PASSING or status >= 500) and getattr(error, "code", None) != USED_UP:
        return Transient(f"status {status}", retry_after(_headers(error)))
    remedy = "The account has no credit left" if status == 429 else REMEDIES.get(status, REMEDIES[400])
    return ModelError(f"{model} refused the request (status {status}{said}). {remedy}.", str(error))


def _said(error: Exception, prompt: str) -> str:
    """What the provider says, where it repeats nothing of the prompt."""
    body = getattr(error, "body", None)
    given = body.get("message", "") if isinstance(body, dict) else ""
    words = " ".join(str(given).split())[:LONGEST]
    repeats = any(words[at : at + TELLING] in prompt for at in range(max(1, len(words) - TELLING + 1)))
    code = getattr(error, "code", None)
    return f": {words}" if words and not repeats else (f": {code}" if code else "")


def _headers(error: Exception) -> Mapping[str, str]:
    headers: Mapping[str, str] = getattr(getattr(error, "response", None), "headers", {})
    return headers


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """How many seconds the headers ask to wait: `retry-after` in seconds or as a date; None where they do not say."""
    given = headers.get("retry-after-ms") or ""
    if given.strip().isdigit():
        return int(given) / 1000
    given = (headers.get("retry-after") or "").strip()
    if given.replace(".", "", 1).isdigit():
        return float(given)
    return _until(given, now or datetime.now(UTC))


def _until(date: str, now: datetime) -> float | None:
    try:
        then = parsedate_to_datetime(date)
    except ValueError:
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - now).total_seconds())
