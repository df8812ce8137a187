"""A zip is the same whenever it is made, and opens in another reader."""

from io import BytesIO
from zipfile import ZipFile

from app.packing import NO_TIME, zipped

FILES = [("a.txt", b"one"), ("folder/ü.txt", b"zwei")]


def test_files_come_back_in_their_order_without_a_time() -> None:
    with ZipFile(BytesIO(zipped(FILES))) as packed:
        assert [(one.filename, packed.read(one)) for one in packed.infolist()] == FILES
        assert {one.date_time for one in packed.infolist()} == {NO_TIME}
        assert packed.testzip() is None
