"""`render_audit`: an audit as one self-contained HTML page, and the words both doors use for its verdicts.

The page holds other people's words, so it trusts none of them: everything is escaped, there is no script, and its
policy allows nothing but its own style sheet, by its hash.
"""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.audit.report import AuditReport, AuditVerdict
from app.playbook.render import policy

TEMPLATES = Path(__file__).resolve().parents[1] / "templates" / "audit"
WORDS = {
    AuditVerdict.SUPPORTED: "supported",
    AuditVerdict.CONTRADICTED: "contradicted",
    AuditVerdict.NO_EVIDENCE: "no evidence",
    AuditVerdict.INVENTED: "invented",
    AuditVerdict.WRONG_SPEAKER: "said by another",
    AuditVerdict.NEAR: "not word for word",
    AuditVerdict.STEREOTYPE: "stereotype",
    AuditVerdict.NOT_CHECKABLE: "not checkable",
}
LOCAL_CAUTION = (
    "The local engine compares words and meaning: quotations are certain, verdicts on statements are a first reading. "
    "Read the words beside each before you act on it."
)
CAUTION = "Verdicts on statements are a model's reading. Read the words beside each before you act on it."


def render_audit(report: AuditReport) -> str:
    """The report as HTML. Pure: it reads its own templates and nothing else."""
    style = (TEMPLATES / "audit.css").read_text(encoding="utf-8").strip()
    return _environment().get_template("audit.html.j2").render(
        report=report, words=WORDS, summary=summary(report), caution=caution(report), policy=policy(style),
        style=Markup(style),  # noqa: S704 (our own file)
    )  # fmt: skip


def summary(report: AuditReport) -> str:
    """How much of what can be checked holds, in one sentence."""
    checked = [one for one in report.items if one.verdict is not AuditVerdict.NOT_CHECKABLE]
    holds = sum(one.verdict is AuditVerdict.SUPPORTED for one in checked)
    return f"{holds} of {len(checked)} lines that can be checked are borne out by the interviews."


def caution(report: AuditReport) -> str:
    return caution_of(report.engine)


def caution_of(engine: str) -> str:
    return LOCAL_CAUTION if engine == "local" else CAUTION


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
