"""A study's own codebook: extended, replaced, checked line by line, and what it feeds."""

from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError
from small_study import evidence_in, source_of

from app.errors import BadInput, NotFound
from app.models.codebook import Codebook, load_codebook
from app.models.field import fed_by, load_fields
from app.synthesis.codebooks import export_codebook, import_codebook
from app.synthesis.coding import in_codebook
from app.workbench import Workbench

OWN = """version: 1
codes:
  - id: standing
    label: Standing
    definition: What colleagues will think of them.
    subcodes: [team, boss]
    examples:
      - "They would laugh at me."
    feeds: [stressors]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "codes.yaml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_a_study_extends_the_common_codebook_for_itself_only(bench: Workbench, study: str, file: Path) -> None:
    found = import_codebook(bench, study, file)
    assert found.ids == [*load_codebook().ids, "standing"]
    assert found.version == 2
    assert bench.for_study(study).codebook == found
    assert bench.codebook == load_codebook()
    stressors = next(field for field in bench.for_study(study).fields if field.id == "stressors")
    assert stressors.codes == ["stressor", "standing"]
    assert import_codebook(bench, study, file) == found


def test_a_study_replaces_it_and_keeps_what_was_exported(bench: Workbench, study: str, file: Path) -> None:
    assert import_codebook(bench, study, file, replace=True).ids == ["standing"]
    assert next(field for field in bench.for_study(study).fields if field.id == "motivations").codes == []
    export_codebook(bench.for_study(study).codebook, file)
    assert import_codebook(bench, study, file, replace=True).version == 2


def test_a_code_of_the_same_id_takes_the_others_place(bench: Workbench, study: str, file: Path) -> None:
    file.write_text(OWN.replace("standing", "stressor").replace("[stressors]", "[motivations]"), encoding="utf-8")
    assert import_codebook(bench, study, file)["stressor"].label == "Standing"
    fed = {field.id: field.codes for field in bench.for_study(study).fields}
    assert "stressor" in fed["motivations"]
    assert "stressor" not in fed["stressors"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[stressors]", "[stresors]", "line 9: “stresors” is no field"),
        ('"They would laugh at me."', '" "', "line 8: an example of “standing” is empty"),
        ('"They would laugh at me."', '"There just aren\'t enough hours in the day."', "“stressor” already"),
        ("[team, boss]", "[team, team]", "line 6: the subcode “team” is there twice"),
        ("id: standing", "id: My Code", "line 3: “My Code” is no id"),
        ("label: Standing", 'label: " "', "line 4: the label"),
        ("definition:", "defnition:", "`definition`: field required"),
        ('"They would', "'They would", "this is not YAML"),
        ("codes:", "code:", "holds a list"),
        ("codes:", "codes: []\nmore:", "holds a list"),
        ("  - id: standing", "  - 7\n  - id: standing", "line 3: a code holds"),
    ],
    ids=["unknown field", "empty example", "an example of two codes", "subcode twice", "no id", "no label",
         "misspelt key", "open quote", "no codes", "empty list", "a number"],
)  # fmt: skip
def test_a_wrong_file_is_refused_by_line(
    bench: Workbench, study: str, file: Path, old: str, new: str, said: str
) -> None:
    file.write_text(OWN.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInput, match=said):
        import_codebook(bench, study, file)
    assert bench.for_study(study).codebook == load_codebook()


def test_two_codes_of_one_id_are_refused_by_line(bench: Workbench, study: str, file: Path) -> None:
    twice = OWN + OWN.split("codes:\n")[1].replace("laugh", "smile")
    file.write_text(twice, encoding="utf-8")
    with pytest.raises(BadInput, match="line 10: the code “standing” is there twice"):
        import_codebook(bench, study, file)


def test_a_file_or_study_that_is_not_there(bench: Workbench, study: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        import_codebook(bench, study, tmp_path / "no.yaml")
    with pytest.raises(NotFound):
        import_codebook(bench, "nope", tmp_path / "no.yaml")


def test_a_codebook_with_a_fault_is_never_loaded() -> None:
    rows = yaml.safe_load(OWN)
    with pytest.raises(ValidationError, match="twice"):
        Codebook.model_validate({**rows, "codes": rows["codes"] * 2})


def test_the_common_codebook_feeds_the_fields_as_they_stand() -> None:
    assert fed_by(load_fields(), load_codebook(), load_codebook()) == load_fields()


def test_codes_the_study_has_not_got_are_left_out_of_the_engines() -> None:
    source = source_of("P01", "I copy it by hand.", "I wait.")
    evidence = [
        evidence_in(source, "I copy it by hand.", "behavior", "standing"),
        evidence_in(source, "I wait.", "intent"),
    ]
    own = Codebook.model_validate(yaml.safe_load(OWN))
    [left] = in_codebook(evidence, own)
    assert (set(left.codes), left.firm) == ({"standing"}, ["standing"])
