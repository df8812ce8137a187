"""Candidate persona: people a recruiting study listened to, and what would make them come or stay away."""

from typing import Literal

from app.models.field import Level
from app.models.persona_base import Claims, Drivers


class CandidatePersona(Drivers):
    """`linked_persona_id` is the core or micro persona of the same people, where one was drafted."""

    kind: Literal[Level.CANDIDATE] = Level.CANDIDATE
    linked_persona_id: str | None = None
    task_expectations: Claims = []
    employer_expectations: Claims = []
    attractors: Claims = []
    repellents: Claims = []
    proof_channels: Claims = []
    application_process_needs: Claims = []
    career_horizon: Claims = []
