"""Customer persona: what people say after they have bought."""

from typing import Literal

from app.models.field import Level
from app.models.persona_base import Claims, NoteMention, Portrait


class CustomerPersona(Portrait):
    """Stands for two customers or more. `linked_persona_id` is the core or micro persona most of them belong to;
    `lifecycle_stage` counts them: "3 current, 1 lapsed"."""

    kind: Literal[Level.CUSTOMER] = Level.CUSTOMER
    linked_persona_id: str | None = None
    lifecycle_stage: str
    post_purchase_motivations: Claims = []
    support_issues: Claims = []
    product_experience: Claims = []
    service_experience: Claims = []
    wishes: Claims = []
    value_realised: Claims = []
    churn_risks: Claims = []
    expansion_triggers: Claims = []
    advocacy: Claims = []
    notes: list[NoteMention] = []
