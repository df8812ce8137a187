"""Settings: where things live and which adapters to use. Inert: reading them touches no disk.

Each can be set by an environment variable of the same name with the prefix `DRAMATIS_`, those of the language model
with `DRAMATIS_MODEL__` (`app.model_settings`).
"""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from app import DATA
from app.model_settings import ModelSettings


class Settings(BaseSettings):
    """`home` holds everything written; the rest is derived from it unless set."""

    model_config = SettingsConfigDict(env_prefix="DRAMATIS_", env_nested_delimiter="__", extra="ignore")

    home: Path = Field(DATA / "local", description="Folder for the database, the index and kept files.")
    engine: str = Field("auto", description="Who reads: `local`, `llm`, or `auto` (llm where a model is set up).")
    model: ModelSettings = Field(default_factory=ModelSettings, description="The language model of `llm`.")
    embeddings: str = Field("minilm", description="What search embeds with: `minilm`, or `openai:MODEL`.")
    langsmith: bool = Field(False, description="Let LangSmith trace, which sends prompts to it.")
    coder: str = Field("me", description="Who codes by hand where --by is not given: a name or a pseudonym.")
    threads: int = Field(2, ge=1, le=64, description="Processor threads used for embedding.")
    database_url: SecretStr | None = Field(
        None, description="PostgreSQL address of the job records (default: a file in the home folder)."
    )
    jobs: int = Field(2, ge=1, le=64, description="Jobs a worker does at once; of one study always one.")
    upload_mb: int = Field(500, ge=1, description="Megabytes a door takes in one upload.")
    seed: int = Field(7, description="Seed of everything that draws at random.")

    @property
    def reader(self) -> str:
        """The engine's name with `auto` decided."""
        return self.engine if self.engine != "auto" else ("llm" if self.model.usable else "local")

    @property
    def database(self) -> Path:
        return self.home / "workbench.sqlite"

    @property
    def chroma(self) -> Path:
        return self.home / "chroma"

    @property
    def files(self) -> Path:
        return self.home / "files"

    @property
    def uploads(self) -> Path:
        return self.home / "uploads"

    @property
    def job_records(self) -> str:
        """Where jobs are recorded, as an address."""
        return self.database_url.get_secret_value() if self.database_url else f"sqlite:///{self.home / 'jobs.sqlite'}"

    @property
    def seats(self) -> Path:
        return self.home / "workers"

    @property
    def results(self) -> Path:
        return self.home / "results"

    @property
    def vectors(self) -> Path:
        return self.home / "vectors.sqlite"

    @property
    def answers(self) -> Path:
        return self.home / "answers.sqlite"

    @property
    def models(self) -> Path:
        return self.home / "models"
