"""Typesetting: a template and data in, a PDF out. The one room that knows typst.

setting   the door: `set_pdf(template, data) -> bytes`
letters   which letters may be set, and which have no shape in our typefaces
press     runs as a process of its own: one template, one PDF

Templates are in `app/templates` (`*.typ`; `house.typ` is what all of them share).
"""

from app.typesetting.letters import has_unset
from app.typesetting.setting import TEMPLATES, set_pdf

__all__ = ["TEMPLATES", "has_unset", "set_pdf"]
