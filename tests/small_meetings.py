"""Two small invented meetings with questions, in both formats the retrieval suite reads."""

import json
from pathlib import Path
from typing import Any

CHAT = [("Ana", "Good morning, did you sleep well?"), ("Ben", "Yes, thank you, the rain kept me company.")] * 4
BATTERY = [
    ("Ana", "Should the remote have a rechargeable battery?"),
    ("Ben", "A rechargeable battery costs too much, I would take ordinary cells."),
]
COLOUR = [("Ana", "And the colour of the case?"), ("Ben", "Yellow rubber, as the fashion people told us.")]
SAID = {"first": CHAT + BATTERY + CHAT + COLOUR, "second": COLOUR + CHAT + CHAT + BATTERY}
ASKED = {
    "first": [("What did they say about the battery?", [[8, 9]]), ("Which colour did they want?", [[18, 19]])],
    "second": [("What did they say about the battery?", [[18, 19]])],
}


def qmsum(name: str) -> dict[str, Any]:
    return {
        "meeting_transcripts": [{"speaker": who, "content": words} for who, words in SAID[name]],
        "specific_query_list": [
            {"query": query, "relevant_text_span": [[str(first), str(last)] for first, last in spans]}
            for query, spans in ASKED[name]
        ],
    }


def write_qmsum(folder: Path) -> Path:
    for name in SAID:
        (folder / f"{name}.json").write_text(json.dumps(qmsum(name)), encoding="utf-8")
    return folder


def write_rows(folder: Path) -> Path:
    (folder / "sources").mkdir()
    for name, said in SAID.items():
        text = "\n\n".join(f"{who}: {words}" for who, words in said)
        (folder / "sources" / f"{name}.txt").write_text(text, encoding="utf-8")
    rows = [
        {"id": f"{name}-{number}", "query": query, "source": f"{name}.txt", "spans": spans}
        for name, asked in ASKED.items()
        for number, (query, spans) in enumerate(asked)
    ]
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder
