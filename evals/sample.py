"""Writes the transcripts of `data/sample/ai_at_work` from the published interviews.

    python -m evals.sample INTERVIEWS.jsonl

Which interviews, and under which pseudonym, stands in the sample's `participants.csv` (column
`original_id`). Words are kept as published; only the speaker labels change: `Assistant:` and `AI:`
become `Interviewer:`, `User:` becomes the participant's pseudonym. Turns without a word are left out.
"""

import argparse
import csv
import json
import re
from pathlib import Path

from app import DATA
from app.errors import BadInput

SAMPLE = DATA / "sample" / "ai_at_work"
LABEL = re.compile(r"^(Assistant|AI|User):[ \t]*", re.MULTILINE)


def relabel(text: str, participant: str) -> str:
    """`text` with the sample's speaker labels, turns separated by blank lines, paragraphs kept."""
    pieces = LABEL.split(text)[1:]
    turns = zip(pieces[0::2], pieces[1::2], strict=True)
    lines = [
        f"{participant if label == 'User' else 'Interviewer'}: {words.strip()}"
        for label, words in turns
        if words.strip()
    ]
    return "\n\n".join(lines) + "\n"


def read_interviews(path: Path) -> dict[str, str]:
    """Interview id to text; BadInput where a line is not a JSON object with `id` and `text`."""
    texts: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            texts[row["id"]] = row["text"]
        except (ValueError, KeyError, TypeError) as error:
            raise BadInput(f"{path}, line {number}: not an interview. Give `id` and `text` on each line.") from error
    return texts


def write_sample(interviews: Path, folder: Path = SAMPLE) -> int:
    """Write one file for each row of `folder/participants.csv`; returns how many were written."""
    texts = read_interviews(interviews)
    with (folder / "participants.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["original_id"] not in texts:
            raise BadInput(f"{interviews}: holds no interview {row['original_id']}. Give the published file.")
        target = folder / row["file"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(relabel(texts[row["original_id"]], row["participant"]), encoding="utf-8")
    return len(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the transcripts of the sample study.")
    parser.add_argument("interviews", type=Path, help="the published interviews, one JSON object a line")
    print(f"{write_sample(parser.parse_args().interviews)} transcripts written to {SAMPLE}")


if __name__ == "__main__":
    main()
