"""The documentation is held against the code."""

import re
from pathlib import Path

import pytest

from app.access.action import ALLOWED, Action
from app.cli import root
from app.errors import ANSWERS
from app.models.codebook import load_codebook
from app.models.field import Level, fields_of, load_fields
from app.models.persona import CandidatePersona, CustomerPersona, MacroPersona, MicroPersona, NegativePersona
from app.models.user import Role
from app.settings import Settings
from retrieval.readers import FORMATS

KINDS = {Level.CUSTOMER: CustomerPersona, Level.CANDIDATE: CandidatePersona, Level.NEGATIVE: NegativePersona}
TOP = Path(__file__).parents[1]
README = (TOP / "README.md").read_text(encoding="utf-8")


def commands() -> set[str]:
    named = {str(info.name or info.callback.__name__) for info in root.registered_commands if info.callback}
    groups = {
        f"{group.name} {info.name or info.callback.__name__.rstrip('_')}"
        for group in root.registered_groups
        if group.typer_instance
        for info in group.typer_instance.registered_commands
        if info.callback
    }
    return named | groups


def test_readme_lists_every_command_and_no_other() -> None:
    listed = set(re.findall(r"^\| `([a-z -]+?)`", README, re.MULTILINE))
    assert listed == commands()


def test_readme_lists_every_setting() -> None:
    for name in Settings.model_fields:
        assert f"DRAMATIS_{name.upper()}" in README


def test_readme_lists_every_format() -> None:
    for suffix in FORMATS:
        assert f"`{suffix}`" in README


def test_readme_lists_every_exit_code() -> None:
    for code in {code for _, code, _ in ANSWERS} | {0, 2}:
        assert re.search(rf"\b{code}\b", README)


def test_the_table_of_roles_is_what_the_code_allows() -> None:
    lines = (TOP / "docs" / "access.md").read_text(encoding="utf-8").splitlines()
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines if line.startswith("| ")]
    assert rows[0] == ("", *Role)
    allowed = [(str(action), *("yes" if action in ALLOWED[role] else "–" for role in Role)) for action in Action]
    assert rows[1:] == allowed


def test_pictures_in_the_readme_exist() -> None:
    for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README):
        assert (TOP / picture).exists()


@pytest.mark.parametrize("page", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_paths_that_documents_name_exist(page: str) -> None:
    text = (TOP / page).read_text(encoding="utf-8")
    for path in re.findall(r"`((?:app|retrieval|evals|data|tests)/[\w/.-]+)`", text):
        if not re.search(r"[A-Z]{3,}|data/local", path):
            assert (TOP / path).exists(), path


def test_every_field_of_the_data_is_a_field_of_the_models() -> None:
    codes = set(load_codebook().ids)
    for kind, model in KINDS.items():
        for field in fields_of(kind):
            assert field.id in model.model_fields
            assert set(field.codes) <= codes
    for field in load_fields():
        assert field.id in MicroPersona.model_fields
        assert (field.id in MacroPersona.model_fields) or field.levels == [Level.MICRO]
        assert set(field.codes) <= codes
        assert field.ask.endswith(("?", "."))
