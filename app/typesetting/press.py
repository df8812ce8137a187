"""The press: sets one template with the data it reads, writes the PDF, and ends. Run by `app.typesetting.setting`.

It is a process of its own because the compiler keeps the last ten documents in memory (1.3 GB after eleven playbooks),
and because what people said could make it slow or bring it down: then only this process is.
"""

import sys
from pathlib import Path

import typst


def press(root: Path, template: Path, data: str) -> bytes:
    """The template as PDF: PDF/UA-1, for those who have it read to them, or tagged only where a letter has no shape.

    Nothing outside `root` is read, nothing is fetched, no typeface of the machine used; raises `typst.TypstError`."""
    try:
        return compiled(root, template, data, ["ua-1"])
    except typst.TypstError:
        return compiled(root, template, data, [])


def compiled(root: Path, template: Path, data: str, standards: "list[typst.PDFStandard]") -> bytes:
    return typst.compile(
        template,
        root=root,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": data},
        pdf_standards=standards,
        package_path=root,
        package_cache_path=root,
    )


if __name__ == "__main__":
    try:
        made = press(Path(sys.argv[1]), Path(sys.argv[2]), sys.stdin.buffer.read().decode())
    except typst.TypstError as error:
        sys.exit(error.diagnostic)
    sys.stdout.buffer.write(made)
