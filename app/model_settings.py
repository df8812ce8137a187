"""Settings of the language model: which, where, how fast, and at what price.

Set by environment variables `DRAMATIS_MODEL__NAME`, `DRAMATIS_MODEL__STEPS__CODE` and so on. The key and the address
are also taken from where OpenAI's own tools look for them: `OPENAI_API_KEY` and `OPENAI_BASE_URL`.
"""

import os
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

# What is used where there is an OpenAI key and no name: cheap, exact about JSON schemas, and takes a temperature of 0,
# so that the same prompt is answered alike.
DEFAULT_NAME = "openai:gpt-4.1-mini"


def _key() -> SecretStr | None:
    found = os.environ.get("OPENAI_API_KEY", "").strip()
    return SecretStr(found) if found else None


def _address() -> str:
    return os.environ.get("OPENAI_BASE_URL", "").strip()


class ModelSettings(BaseModel):
    """`name` is written `provider:model` as LangChain knows it; a bare name is one of OpenAI's."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    name: str = Field("", description="`provider:model`, for example openai:gpt-4.1-mini.")
    steps: dict[str, str] = Field({}, description="Other models for some steps: a small one codes, a large one drafts.")
    base_url: str = Field(default_factory=_address, description="Address of an OpenAI-like endpoint.")
    api_key: SecretStr | None = Field(default_factory=_key, description="The provider's key; never shown.")
    temperature: float | None = Field(0.0, ge=0, le=2, description="How freely it samples; empty leaves it out.")
    timeout: float = Field(180.0, gt=0, description="Seconds to wait for one answer.")
    retries: int = Field(4, ge=0, le=20, description="How often a call that failed for a while is tried again.")
    concurrency: int = Field(8, ge=1, le=64, description="Calls under way at once.")
    requests_per_minute: int | None = Field(None, ge=1, description="At most so many calls a minute.")
    pack_tokens: int = Field(16_000, ge=500, description="How much speech one coding prompt may hold.")
    judge: Literal["doubted", "all"] = Field("doubted", description="Which claims the model checks against quotes.")
    prices: Path | None = Field(None, description="A price table that goes over data/prices.yaml.")
    budget: str = Field("", description="Where to stop: an amount of money, or of tokens (200000t).")

    @field_validator("name")
    @classmethod
    def _with_provider(cls, name: str) -> str:
        return _full(name)

    @field_validator("steps")
    @classmethod
    def _with_providers(cls, steps: dict[str, str]) -> dict[str, str]:
        return {step.lower(): _full(name) for step, name in steps.items() if name.strip()}

    @field_validator("temperature", "requests_per_minute", "prices", mode="before")
    @classmethod
    def _empty_is_none(cls, given: object) -> object:
        return None if given == "" else given

    @property
    def main(self) -> str:
        """The model for steps without one of their own; empty where none is set and none goes without saying."""
        return self.name or (DEFAULT_NAME if self.api_key else "")

    @property
    def usable(self) -> bool:
        """Whether enough is set to ask a model."""
        return bool(self.main and (self.api_key or self.base_url))

    @property
    def names(self) -> list[str]:
        """Every model that may be asked, the main one first."""
        return list(dict.fromkeys(name for name in (self.main, *self.steps.values()) if name))

    def name_for(self, step: str) -> str:
        return self.steps.get(step, self.main)


def _full(name: str) -> str:
    name = name.strip()
    return name if not name or ":" in name else f"openai:{name}"
