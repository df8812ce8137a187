"""Small invented studies with accounts, read and coded: nobody in them exists. Which pairs are in conflict was written
down with them: in `tallow` money and release, in `ferrow` choice of supplier, rules and pace, in `selby` a telephone
line and a monthly fee; `ferrow` also holds an account of two who get on.
"""

from pathlib import Path

from app.intake.ingest import ingest
from app.intake.studies import create_study, describe_study
from app.models.cast import Cast
from app.synthesis.casting import load_cast
from app.synthesis.coding import code_study
from app.workbench import Workbench

ACCOUNTS = Path(__file__).parent / "accounts"
CONFLICTS = {
    "tallow": {("Q1", "Q2"), ("Q2", "Q3")},
    "ferrow": {("R1", "R4"), ("R2", "R3"), ("R5", "R6")},
    "selby": {("S1", "S3"), ("S2", "S4")},
}


def cast_of(bench: Workbench, name: str) -> Cast:
    create_study(bench, describe_study(name, study_id=name, product="Orderly", product_area="ordering software"))
    ingest(bench, name, [ACCOUNTS / name])
    code_study(bench, name)
    return load_cast(bench, name)
