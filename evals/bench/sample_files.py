"""One small valid file of every format, made here: what the readers' fuzzing starts from.

All of it is invented; the same two people talk in every file.
"""

import io
import json
import zipfile
from collections.abc import Sequence

from docx import Document

TALK = (
    ("Dana", "Good morning. What do you do all day?"),
    ("P01", "I run the warehouse. We count every pallet twice, because the scanner “forgets” them – naïve, I know."),
    ("Dana", "And what would help?"),
    ("P01", "A scanner that doesn't forget. I would pay €400 for that tomorrow."),
)
LINES = [f"{who}: {words}" for who, words in TALK]
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
SHEET_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"


def sample_files() -> dict[str, bytes]:
    """Files by name; every format that can be imported is among them."""
    texts = {**_texts(), **_cues(), **_json(), **_tables(), **_pages()}
    files = {name: text.encode() for name, text in texts.items()}
    files |= {"utf16.txt": "\n".join(LINES).encode("utf-16"), "western.txt": "\n".join(LINES).encode("cp1252")}
    files |= {"word.docx": docx(LINES), "open.odt": odt(LINES), "page.pdf": pdf([LINES[:2], LINES[2:]])}
    files["book.xlsx"] = xlsx(
        [["Ticket ID", "Subject", "Note"], ["1", "Scanner", "It forgets pallets."], ["2", "", "So?"]]
    )
    files["all.zip"] = zipped({"calls/P01.txt": files["colon.txt"], "calls/notes/a.md": b"Rang P01. Wants an offer."})
    return files


def _texts() -> dict[str, str]:
    clocked = "".join(f"{who}  0:0{n}\n{words}\n\n" for n, (who, words) in enumerate(TALK))
    rtf = "".join(f"{{\\b {who}:}} {_rtf_words(words)}\\par\n" for who, words in TALK)
    return {
        "colon.txt": "\n\n".join(LINES),
        "bold.md": "# Call\n\n" + "\n\n".join(f"**{who}:** {words}" for who, words in TALK),
        "otter.text": clocked,
        "own.txt": "\n\n".join(f"{who}\n{words}" for who, words in TALK),
        "rich.rtf": f"{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0 Arial;}}}}\\f0 {rtf}}}",
        "song.lrc": "[ti:Call]\n" + "".join(f"[00:0{n}.50]{line}\n" for n, line in enumerate(LINES)),
        "whisper.txt": "".join(f"[00:0{n}.000 --> 00:0{n}.900]  {words}\n" for n, (_, words) in enumerate(TALK)),
    }


def _rtf_words(words: str) -> str:
    return "".join(sign if ord(sign) < 128 else f"\\u{ord(sign)}?" for sign in words)


def _cues() -> dict[str, str]:
    times = [f"00:00:0{n}.000 --> 00:00:0{n}.900" for n in range(len(TALK))]
    voices = [f"{time}\n<v {who}>{words}</v>\n" for time, (who, words) in zip(times, TALK, strict=True)]
    plain = [f"{time}\n{line}\n" for time, line in zip(times, LINES, strict=True)]
    name = "3f2504e0-4f89-11d3-9a0c-0305e82c3301"
    teams = [f"{name}/{n}-0\n{cue}" for n, cue in enumerate(voices)]
    return {
        "voices.vtt": "WEBVTT\n\nNOTE by hand\n\nSTYLE\n::cue { color: red; }\n\n" + "\n".join(teams),
        "labels.srt": "\n".join(f"{n}\n{cue}" for n, cue in enumerate(plain, 1)).replace(".", ","),
        "captions.sbv": "\n".join(plain).replace(" --> ", ","),
    }


def _json() -> dict[str, str]:
    said = [{"speaker": who, "start": n, "end": n + 0.9, "text": words} for n, (who, words) in enumerate(TALK)]
    words = [
        {"word": word, "speaker": int(who == "P01"), "start": n, "end": n + 1}
        for n, (who, speech) in enumerate(TALK)
        for word in speech.split()
    ]
    monologues = [
        {"speaker": int(who == "P01"), "elements": [{"type": "text", "value": speech, "ts": n, "end_ts": n + 1}]}
        for n, (who, speech) in enumerate(TALK)
    ]
    shapes = {
        "plain.json": said,
        "whisper.json": {"text": "", "segments": said, "language": "en"},
        "assembly.json": {"audio_duration": 4, "utterances": [{**one, "start": 1, "end": 900} for one in said]},
        "deepgram.json": {"results": {"channels": [{"alternatives": [{"transcript": "", "words": words}]}]}},
        "rev.json": {"speakers": [{"id": 0, "name": "Dana"}, {"id": 1, "name": "P01"}], "monologues": monologues},
    }
    return {name: json.dumps(shape, ensure_ascii=False, indent=1) for name, shape in shapes.items()}


def _tables() -> dict[str, str]:
    speech = "".join(f"{n}000\t{n}900\t{who}\t{words}\n" for n, (who, words) in enumerate(TALK))
    return {
        "speech.tsv": "start\tend\tspeaker\ttext\n" + speech,
        "survey.csv": "Respondent ID;Job Title;What do you do all day?;What would help?;Consent\n"
        'R1;Clerk;"I run it;\nall of it.";A scanner;research\nR2;Boss;I lead;;research+marketing\n',
        "notes.csv": 'Date,Account,Note\n2024-01-02,Fjordlast,Wants an offer.\n2024-01-03,Fjordlast,"Paid, at last."\n',
        "crm.csv": "Account Name,Industry,Number of Employees,Stage\nFjordlast,Logistics,1400,won\n",
    }


def _pages() -> dict[str, str]:
    body = "".join(f"<p><b>{who}:</b> {words}</p>\n" for who, words in TALK)
    head = (
        "From: Dana <dana@house.example>\nTo: sam@house.example\nSubject: Call\nDate: Mon, 01 Jan 2024 10:00:00 +0000\n"
    )
    mime = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    return {
        "page.html": f"<html><head><meta charset='utf-8'><style>p {{}}</style></head><body>{body}</body></html>",
        "message.eml": head + mime + "Rang P01 today.\nWants an offer by Friday.\n",
    }


def docx(lines: Sequence[str]) -> bytes:
    """A Word document with a paragraph for each line."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as archive:  # packed again without the time of day
        return zipped({name: archive.read(name) for name in archive.namelist()})


def odt(lines: Sequence[str]) -> bytes:
    """An OpenDocument text with a paragraph for each line."""
    spaces = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    spaces += ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    body = "".join(f"<text:p>{_escaped(line)}</text:p>" for line in lines)
    content = f"{XML}<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"{content}</office:document-content>",
    }
    return zipped({name: text.encode() for name, text in parts.items()})


def xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    """An Excel workbook of one sheet, its strings shared as Excel writes them."""
    strings = list(dict.fromkeys(cell for row in rows for cell in row if cell))
    cells = "".join(f'<row r="{n}">{_cells(row, n, strings)}</row>' for n, row in enumerate(rows, 1))
    shared = "".join(f"<si><t>{_escaped(text)}</t></si>" for text in strings)
    sheets = f'<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1" xmlns:r="{OFFICE_REL}"/></sheets>'
    kinds = {"rId1": ("worksheet", "worksheets/sheet1.xml"), "rId2": ("sharedStrings", "sharedStrings.xml")}
    relations = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE_REL}/{kind}" Target="{target}"/>'
        for name, (kind, target) in kinds.items()
    )
    parts = {
        "xl/workbook.xml": f"{XML}<workbook {SHEET_NS}>{sheets}</workbook>",
        "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE_REL}">{relations}</Relationships>',
        "xl/worksheets/sheet1.xml": f"{XML}<worksheet {SHEET_NS}><sheetData>{cells}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"{XML}<sst {SHEET_NS}>{shared}</sst>",
    }
    return zipped({name: text.encode() for name, text in parts.items()})


def _cells(row: Sequence[str], number: int, strings: Sequence[str]) -> str:
    return "".join(
        f'<c r="{chr(65 + column)}{number}" t="s"><v>{strings.index(cell)}</v></c>'
        for column, cell in enumerate(row)
        if cell
    )


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with a line of text for each line."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        shown = " ".join(f"({_pdf_words(line)}) Tj T*" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 50 780 Td {shown} ET"
        fonts = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {fonts} /Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
    return _pdf_file(objects)


def _pdf_words(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _pdf_file(objects: Sequence[str]) -> bytes:
    written = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    tail = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    tail += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    return written + tail.encode()


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of the files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(zipfile.ZipInfo(name), raw, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
