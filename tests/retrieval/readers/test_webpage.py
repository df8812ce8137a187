"""Web pages. All examples are invented."""

import pytest

from retrieval.errors import UnreadableSource
from retrieval.readers.webpage import read_html

PAGE = """<html><head><title>Call</title><style>p {}</style></head><body><h1>Call with <b>Fjordlast</b></h1>
<p>They want\nan&nbsp;offer.<br>Soon.</p><script>alert("no")</script><ul><li>One</li><li>Two</li></ul>
<div style="display: none">unseen</div><!-- a remark --><pre>a  b</pre>tail</body></html>"""


def test_the_words_a_reader_sees_remain() -> None:
    reading = read_html(PAGE.encode(), "a.html")
    assert reading.text == "Call with Fjordlast\n\nThey want an offer.\nSoon.\n\nOne\n\nTwo\n\na b\ntail"
    assert reading.repairs == ["parts of the page that nobody sees were left out: 1"]


def test_rows_of_a_table_are_labelled_lines() -> None:
    rows = [("Dana", "Why?"), ("Sam", "So."), ("Dana", "And?"), ("Sam", "No.")]
    page = "".join(f"<tr><td>{who}</td><td>{words}</td></tr>" for who, words in rows)
    reading = read_html(f"<table>{page}</table>".encode(), "a.html")
    assert [(turn.speaker, turn.of(reading.text)) for turn in reading.turns] == rows


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("iso-8859-2", "iso-8859-2"), ("latin1", "cp1252"), ("nonsense", "utf-8"), ("utf-8", "utf-16")],
    ids=["declared", "latin1 means cp1252", "unknown", "the byte order mark wins"],
)
def test_the_declared_charset_is_believed_where_it_can_be(charset: str, encoding: str) -> None:
    words = "żółty" if encoding == "iso-8859-2" else "Größe"
    page = f"<html><meta charset='{charset}'><p>{words}</p></html>"
    assert read_html(page.encode(encoding), "a.html").text == words


@pytest.mark.parametrize(
    ("raw", "words"),
    [(b"", "empty"), (b"<html><script>x()</script></html>", "no text"), (b"\x89PNG\r\n", "binary"),
     (b"<div>" * 5_000 + b"deep", "nested too deeply")],
    ids=["no bytes", "only a script", "a picture", "endless nesting"],
)  # fmt: skip
def test_other_files_are_refused(raw: bytes, words: str) -> None:
    with pytest.raises(UnreadableSource, match=words):
        read_html(raw, "a.html")
