"""The press: sets one template with the data it reads, writes the PDF, and ends. Run by `app.typesetting.setting`.

It is a process of its own because the compiler keeps the last ten documents in memory (1.3 GB after eleven playbooks),
and because what people said could make it slow or bring it down: then only this process is.
"""

import sys
from pathlib import Path

import typst


def press(root: Path, template: Path, data: str) -> bytes:
    """The template as PDF, tagged. Nothing outside `root` is read, nothing is fetched, no typeface of the machine used;
    raises `typst.TypstError`."""
    return typst.compile(
        template,
        root=root,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": data},
        package_path=root,
        package_cache_path=root,
    )


if __name__ == "__main__":
    try:
        made = press(Path(sys.argv[1]), Path(sys.argv[2]), sys.stdin.buffer.read().decode())
    except typst.TypstError as error:
        sys.exit(error.diagnostic)
    sys.stdout.buffer.write(made)
