from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from xml.sax.saxutils import escape

import pytest

from sijill.sources.pages import joined_pages
from sijill.sources.pdf import Extracted
from sijill.sources.pdf_text import extract
from tests.sources.conftest import Read

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:title>تقرير شهري</dc:title>"
    "<dc:creator>كاتب</dc:creator><dcterms:created>2024-03-05T10:00:00Z</dcterms:created></cp:coreProperties>"
)


def docx(body: str, core: str = CORE, prologue: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"{prologue}<w:document {W}><w:body>{body}</w:body></w:document>")
        archive.writestr("docProps/core.xml", core)
    return out.getvalue()


def run(text: str) -> str:
    return f"<w:r><w:t>{escape(text)}</w:t></w:r>"


def test_a_word_file_gives_its_paragraphs_and_not_what_was_deleted(read: Read, text: str) -> None:
    body = (
        f"<w:p>{run(text)}<w:del><w:r><w:delText>محذوف</w:delText></w:r></w:del>"
        f"<w:ins>{run(' مضاف')}</w:ins></w:p><w:p/>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>خانة</w:t><w:tab/><w:t>ثانية</w:t><w:br/><w:t>سطر</w:t></w:r>"
        "</w:p></w:tc></w:tr></w:tbl>"
        "<w:p><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>"
        f"<w:p>{run('إطار')}</w:p></w:txbxContent></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><w:p>{run('إطار')}</w:p></w:pict></mc:Fallback></mc:AlternateContent></w:p>"
    )
    content = docx(body)
    [one], lines = read("report.docx", content)
    document = one.document
    assert lines == []
    assert [line for line in document.text.split("\n") if line] == [f"{text} مضاف", "خانة\tثانية", "سطر", "إطار"]
    assert (document.id, document.title, document.published) == ("report", "تقرير شهري", None)
    assert document.meta == {"creator": "كاتب", "created": "2024-03-05T10:00:00Z"}
    assert one.original.content == content


def test_a_word_file_is_told_by_content_whatever_its_name(read: Read, text: str) -> None:
    [one], _ = read("report.txt", docx(f"<w:p>{run(text)}</w:p>"))
    assert one.document.text == text


def test_deep_and_long_word_files_do_no_harm(read: Read, text: str) -> None:
    deep = "<w:sdt>" * 5_000
    found, [line] = read("deep.docx", docx(deep))
    assert found == []
    assert "broken XML" in line
    found, [line] = read("long.docx", docx(f"<w:p>{run(text)}</w:p>" * 100_000))
    assert found == []
    assert "no single report" in line


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (docx(""), "the text is empty"),
        (docx("", prologue='<!DOCTYPE x [<!ENTITY a "b">]>'), "declares entities"),
        (docx("<w:p>"), "broken XML"),
        (docx("")[:-30], "broken ZIP"),
        (b"PK\x03\x04" + bytes(100), "broken ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "save it without a password as .docx or .xlsx"),
        ("نص عادي".encode(), "named .docx, but it is no such file"),
    ],
)
def test_a_broken_word_file_is_one_line(read: Read, content: bytes, said: str) -> None:
    found, [line] = read("x.docx", content)
    assert found == []
    assert said in line


def test_a_bomb_and_a_locked_member_are_refused(read: Read) -> None:
    found, [line] = read("bomb.docx", docx(" " * 60_000_000))
    assert found == []
    assert "times its size" in line
    locked = bytearray(docx("<w:p/>"))
    at = locked.find(b"PK\x01\x02", locked.find(b"PK\x01\x02") + 1)
    locked[at + 8] |= 1
    _, [line] = read("locked.docx", bytes(locked))
    assert "encrypted" in line


def test_a_member_whose_head_or_packing_is_wrong_is_one_line(read: Read) -> None:
    odd = bytearray(docx("<w:p/>"))
    odd[odd.find(b"PK\x01\x02", odd.find(b"PK\x01\x02") + 1) + 10] = 14
    _, [line] = read("odd.docx", bytes(odd))
    assert "packed in a way that no Office file" in line
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    moved = out.getvalue()
    _, [line] = read("moved.docx", moved[:4] + moved[41:])
    assert "'word/document.xml' is broken" in line


def test_an_archive_of_another_kind_says_what_is_read(read: Read) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "نص")
    _, [line] = read("x.zip", out.getvalue())
    assert "no .docx, .xlsx or .wacz (unpack it, and give the folder)" in line


def test_an_archive_of_too_many_members_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sijill.sources.archive._MAX_MEMBERS", 2)
    _, [line] = read("x.docx", docx("<w:p/>"))
    assert "an archive of 3 files" in line
    monkeypatch.setattr("sijill.sources.archive._MAX_DIRECTORY", 10)
    _, [line] = read("x.docx", docx("<w:p/>"))
    assert "a list of members" in line


# --- PDF: pages drawn glyph by glyph, each glyph standing for a text by the font's ToUnicode table --------------------


def pdf(
    pages: Sequence[Sequence[tuple[float, float, list[str]]]], *, width: int = 500, unicode: bool = True, info: str = ""
) -> bytes:
    """A PDF with one font of glyphs as wide as `width` thousandths; a line is where it begins, and its cells."""
    cells = sorted({cell for page in pages for _, _, line in page for cell in line})
    codes = {cell: number for number, cell in enumerate(cells, start=1)}
    table = "".join(f"<{code:04X}> <{cell.encode('utf-16-be').hex()}>\n" for cell, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{table}endbfchar endcmap "
        "CMapName currentdict /CMap defineresource pop end end"
    )
    to_unicode = " /ToUnicode 5 0 R" if unicode else ""
    objects = [
        "<</Type /Catalog /Pages 2 0 R>>",
        f"<</Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{7 + 2 * at} 0 R' for at in range(len(pages)))}]>>",
        f"<</Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [4 0 R]{to_unicode}>>",
        f"<</Type /Font /Subtype /CIDFontType2 /BaseFont /F /DW {width} /FontDescriptor 6 0 R>>",
        stream(cmap.encode()),
        "<</Type /FontDescriptor /FontName /F /Flags 4 /Ascent 800 /Descent -200 /FontBBox [0 -200 1000 800]>>",
    ]
    for at, page in enumerate(pages):
        drawn = "".join(
            f"BT /F1 10 Tf {x} {y} Td <{''.join(f'{codes[cell]:04X}' for cell in line)}> Tj ET\n" for x, y, line in page
        )
        objects.append(
            f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {8 + 2 * at} 0 R "
            "/Resources <</Font <</F1 3 0 R>>>>>>"
        )
        objects.append(stream(drawn.encode()))
    return assembled(objects, info)


def stream(content: bytes) -> str:
    packed = zlib.compress(content)
    return f"<</Length {len(packed)} /Filter /FlateDecode>>\nstream\n{packed.decode('latin-1')}\nendstream"


def assembled(objects: list[str], info: str = "", trailer: str = "") -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate([*objects, f"<<{info}>>"], start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    start = out.tell()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out.write(
        f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size {len(places) + 1} /Root 1 0 R "
        f"/Info {len(places)} 0 R {trailer}>>\nstartxref\n{start}\n%%EOF".encode()
    )
    return out.getvalue()


def visual(text: str) -> list[str]:
    """The cells of a line of Arabic words and numbers from left to right."""
    cells: list[str] = []
    for word in reversed(text.split(" ")):
        cells += [*(word if word[0].isdigit() else reversed(word)), " "]
    return cells[:-1]


LINES = [
    "قال شهود إن انفجارا وقع في سوق البلدة صباح",
    "يوم 12 أيار 2024 وأصيب أربعة مدنيين من بينهم",
    "طفلان في الحي القديم",
]


def test_arabic_drawn_from_left_to_right_is_read_from_right_to_left(read: Read) -> None:
    page = [(500 - 5 * len(line), 700 - 14 * at, visual(line)) for at, line in enumerate(LINES)]
    content = pdf([page, page[:1]], info="/Title (Report) /CreationDate (D:20240305120000)")
    [one], lines = read("report.pdf", content)
    document = one.document
    assert lines == []
    assert document.text == " ".join(LINES) + "\n" + LINES[0]
    assert document.published is None
    assert document.title == "Report"
    assert document.meta == {"pages": 2, "created": "2024-03-05", "mended": ["visual order"]}
    assert one.original.content == content


def test_ligatures_and_shapes_become_letters(read: Read) -> None:
    # ثلاثة مدنيين في ﺳﻮﻕ: the ligature stands for two letters in their order, سوق is drawn in presentation forms.
    cells = [*reversed("\ufeb3\ufeee\ufed5"), " ", *reversed("في"), " ", *reversed("مدنيين"), " ", "ة", "ث", "لا", "ث"]
    [one], _ = read("report.pdf", pdf([[(100, 700, cells)]]))
    assert one.document.text == "ثلاثة مدنيين في سوق"
    assert one.document.meta["mended"] == ["visual order", "presentation forms"]


def test_the_right_column_is_read_before_the_left(read: Read) -> None:
    right, left = ["من هنا يبدأ العمود الأول في هذه"] * 4, ["ثم العمود الثاني على يسار هذا"] * 4
    page = [(320, 700 - 14 * at, visual(line)) for at, line in enumerate(right)]
    page += [(60, 700 - 14 * at, visual(line)) for at, line in enumerate(left)]
    page.append((200, 750, visual("عنوان التقرير في السوق")))
    [one], _ = read("report.pdf", pdf([page]))
    text = one.document.text
    assert text.startswith("عنوان التقرير في السوق\n")
    assert text.index("الثاني") > text.rindex("الأول")


def test_running_heads_are_left_out_and_paragraphs_go_on_over_the_page(read: Read) -> None:
    pages = []
    for number in range(1, 5):
        page = [(500 - 5 * len(line), 700 - 14 * at, visual(line)) for at, line in enumerate(LINES[:2])]
        page.append((400, 780, visual("مركز المثال")))
        page.append((300, 40, visual(f"صفحة {number}")))
        pages.append(page)
    [one], _ = read("report.pdf", pdf(pages))
    assert one.document.text == " ".join(LINES[:2] * 4)
    assert one.document.meta["mended"] == ["visual order", "running heads"]


def test_a_picture_of_a_page_is_rejected_with_what_to_do(read: Read) -> None:
    _, [line] = read("scan.pdf", pdf([[], []]))
    assert "without a text layer: pictures of pages (run OCR on it first)" in line


def test_letters_without_unicode_values_are_told(read: Read) -> None:
    _, [line] = read("old.pdf", pdf([[(100, 700, list("ابجد"))]], unicode=False))
    assert "letters have no Unicode values" in line


def test_a_locked_pdf_is_told(read: Read) -> None:
    lock = f"/Encrypt <</Filter /Standard /V 1 /R 2 /O ({'x' * 32}) /U ({'y' * 32}) /P -4>> /ID [(a) (b)]"
    _, [line] = read(
        "locked.pdf", assembled(["<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Count 0 /Kids []>>"], "", lock)
    )
    assert "an encrypted PDF (save it without a password)" in line


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"%PDF-1.4\n" + bytes(range(256)) * 20, pdf([[(0, 0, ["a"])]])[:400]]
)
def test_a_broken_pdf_is_one_line(read: Read, content: bytes) -> None:
    found, [line] = read("x.pdf", content)
    assert found == []
    assert "PDF" in line


@pytest.mark.parametrize(
    ("memory", "seconds", "said"), [(400 * 1024**2, 300, "memory"), (1024**3, 1, "breaks its reader")]
)
def test_a_pdf_that_takes_too_much_is_stopped(
    read: Read, monkeypatch: pytest.MonkeyPatch, memory: int, seconds: int, said: str
) -> None:
    monkeypatch.setattr("sijill.sources.pdf._MEMORY", memory)
    monkeypatch.setattr("sijill.sources.pdf._CPU_S", seconds)
    bomb = stream(b"q Q " * (100_000_000 if said == "memory" else 5_000_000))
    page = "<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R>>"
    tree = ["<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Count 1 /Kids [3 0 R]>>", page, bomb]
    found, [line] = read("bomb.pdf", assembled(tree))
    assert found == []
    assert said in line


def test_a_missing_package_is_one_line(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    _, [line] = read("x.pdf", pdf([[(0, 0, ["a"])]]))
    assert "needs the package pdfminer.six (python -m pip install 'sijill[documents]')" in line


@pytest.mark.parametrize("answer", [b"", b"{", b"[]", b'{"text": 1}', b"\xff"])
def test_a_reader_that_dies_is_one_line(read: Read, monkeypatch: pytest.MonkeyPatch, answer: bytes) -> None:
    class Done:
        stdout = answer

    monkeypatch.setattr("subprocess.run", lambda *_, **__: Done)
    _, [line] = read("x.pdf", pdf([[(0, 0, ["a"])]]))
    assert "breaks its reader" in line
    assert Extracted().problem is None


def test_the_process_gives_what_it_finds() -> None:
    page = [(500 - 5 * len(line), 700 - 14 * at, visual(line)) for at, line in enumerate(LINES)]
    found = extract(pdf([page, []], info="/Title (Microsoft Word - x.doc) /Author (A)"))
    assert (found.text, found.pages, found.empty) == (" ".join(LINES), 2, 1)
    assert (found.title, found.author, found.created, found.mended) == (None, "A", None, ("visual order",))
    assert extract(pdf([[]])).problem == "a PDF without a text layer: pictures of pages"


def test_a_pdf_of_too_many_pages_or_letters_is_no_single_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sijill.sources.pdf_text._MAX_PAGES", 1)
    assert "more than 1 pages" in (extract(pdf([[], []])).problem or "")
    monkeypatch.setattr("sijill.sources.pdf_text.MAX_CHARACTERS", 10)
    assert "no single report" in (extract(pdf([[(10, 10, list(LINES[0]))]])).problem or "")


def test_a_line_on_few_pages_is_no_running_head_and_a_full_sentence_ends_with_its_page() -> None:
    head, end = [list("رأس")], [list("نهاية الجملة هنا.")]
    pages = [[head, end]] * 2
    assert joined_pages(pages) == ([head, end, head, end], False)
    bodies = [[list(f"سطر من {name} في التقرير.")] for name in ("حلب", "حماة", "إدلب")]
    assert joined_pages([[head, body, body] for body in bodies]) == (
        [*(b for body in bodies for b in (body, body))],
        True,
    )
    going = [list("سطر يمضي إلى الصفحة التالية")]
    assert joined_pages([[going], [end]]) == ([[*going, *end]], False)
