"""Packing: files in one zip that is the same whenever it is made."""

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# The earliest a zip can tell: equal files make an equal zip.
NO_TIME = (1980, 1, 1, 0, 0, 0)


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Pairs of name and content, in their order."""
    packed = BytesIO()
    with ZipFile(packed, "w") as bundle:
        for name, content in files:
            bundle.writestr(ZipInfo(name, NO_TIME), content, compress_type=ZIP_DEFLATED)
    return packed.getvalue()
