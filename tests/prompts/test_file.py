"""What makes a prompt file unusable, found when it is read."""

from pathlib import Path

import pytest

from prompts import PromptError
from prompts.file import PromptFile

SOUND = """---
name: greet
version: 1
purpose: Greet somebody.
inputs:
  who: whom to greet
output: Greeting
changed: first version
examples:
  - context: {who: Ada}
    answer: {text: Hello}
---
{% block system %}
Be kind.
{% endblock %}
{% block user %}
Greet {{ who }}.
{% endblock %}
"""


def written(folder: Path, text: str, name: str = "greet.v1.md.j2") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_sound_file_is_read(tmp_path: Path) -> None:
    file = PromptFile(written(tmp_path, SOUND))
    assert file.inputs == {"who"}
    assert file.block("system", {"who": "Ada"}) == "Be kind."
    assert file.block("user", {"who": "Ada"}) == "Greet Ada."


@pytest.mark.parametrize(
    ("sound", "faulty", "named"),
    [
        ("---\nname", "name", "front matter between two lines"),
        ("purpose: Greet somebody.", "purpose: [", "no YAML"),
        ("purpose: Greet somebody.\n", "", "purpose"),
        ("changed:", "mood: good\nchanged:", "mood"),
        ("name: greet", "name: leave", "those of the file"),
        ("version: 1", "version: 2", "those of the file"),
        ("  who: whom to greet", "  who: whom to greet\n  when: never used", "when"),
        ("Greet {{ who }}", "Greet {{ who }} {{ how }}", "how"),
        ("Greet {{ who }}", "Greet {{ who }", "cannot be read"),
        ("{% block user %}", "{% block human %}", "block system and a block user"),
        ("{who: Ada}", "{whom: Ada}", "example 1"),
        ("    answer: {text: Hello}\n", "", "example 1"),
        ("inputs:\n  who: whom to greet", "inputs: [who]", "inputs"),
    ],
    ids=[
        "no front matter",
        "front matter that is no YAML",
        "a key left out",
        "a key nobody knows",
        "another name",
        "another version",
        "an input declared and not used",
        "an input used and not declared",
        "a template that breaks off",
        "a block of another name",
        "an example with other inputs",
        "an example without an answer",
        "inputs that say nothing",
    ],
)
def test_a_faulty_file_is_refused_with_the_reason(tmp_path: Path, sound: str, faulty: str, named: str) -> None:
    assert sound in SOUND
    with pytest.raises(PromptError, match=named) as refused:
        PromptFile(written(tmp_path, SOUND.replace(sound, faulty)))
    assert "greet.v1.md.j2" in str(refused.value)


def test_the_id_changes_with_every_byte(tmp_path: Path) -> None:
    first = PromptFile(written(tmp_path, SOUND)).id
    second = PromptFile(written(tmp_path, SOUND.replace("Be kind.", "Be kind!"))).id
    assert first.startswith("greet@v1#") and len(first) == len("greet@v1#") + 8
    assert first != second


def test_a_template_reaches_nothing_behind_its_inputs(tmp_path: Path) -> None:
    file = PromptFile(written(tmp_path, SOUND.replace("{{ who }}", "{{ who.__class__.__mro__ }}")))
    with pytest.raises(PromptError, match="__class__"):
        file.block("user", {"who": "Ada"})
