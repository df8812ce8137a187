"""PromptLibrary: the newest version, strict inputs, ids."""

import hashlib
from pathlib import Path

import pytest
from prompt_samples import LIBRARY, example_context

from prompts import PromptError, PromptLibrary
from prompts.library import FOLDER

TEXT = """---
name: greet
version: VERSION
purpose: Greet somebody.
inputs:
  who: whom to greet
output: Greeting
changed: first version
examples: []
---
{% block system %}
Version VERSION.
{% endblock %}
{% block user %}
Greet {{ who }}.
{% endblock %}
"""


@pytest.fixture
def library(tmp_path: Path) -> PromptLibrary:
    for version in ("2", "10"):
        (tmp_path / f"greet.v{version}.md.j2").write_text(TEXT.replace("VERSION", version), encoding="utf-8")
    return PromptLibrary(tmp_path)


def test_the_newest_version_is_rendered(library: PromptLibrary) -> None:
    rendered = library.render("greet", {"who": "Ada"})
    assert (rendered.system, rendered.user) == ("Version 10.", "Greet Ada.")
    assert rendered.id.startswith("greet@v10#")


def test_a_missing_input_is_an_error(library: PromptLibrary) -> None:
    with pytest.raises(PromptError, match="needs who"):
        library.render("greet", {})


def test_an_unknown_input_is_an_error(library: PromptLibrary) -> None:
    with pytest.raises(PromptError, match="knows no when"):
        library.render("greet", {"who": "Ada", "when": "now"})


def test_an_unknown_prompt_is_an_error(library: PromptLibrary) -> None:
    with pytest.raises(PromptError, match=r"no prompt “leave”\. There are: greet"):
        library.render("leave", {})


def test_a_file_of_another_name_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "greet.md.j2").write_text(TEXT, encoding="utf-8")
    with pytest.raises(PromptError, match=r"NAME\.vN\.md\.j2"):
        PromptLibrary(tmp_path)


def test_the_id_names_the_bytes_of_the_file() -> None:
    sha = hashlib.sha256((FOLDER / "judge_claim.v1.md.j2").read_bytes()).hexdigest()
    rendered = LIBRARY.render("judge_claim", example_context("judge_claim"))
    assert rendered.id == f"judge_claim@v1#{sha[:8]}"
    assert rendered.id in LIBRARY.ids()


def test_a_model_is_taken_for_its_fields() -> None:
    context = example_context("answer_question")
    assert LIBRARY.render("answer_question", context) == LIBRARY.render("answer_question", dict(context))


def test_all_prompts_of_the_house_are_there() -> None:
    assert LIBRARY.names == [
        "answer_question",
        "code_interview",
        "draft_persona",
        "judge_claim",
        "name_themes",
        "propose_segments",
        "write_brief",
    ]
