from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.errors import InputError
from sijill.sources.encoding import HEAD, decode

ARABIC = "قصفت مدفعية مجهولة بلدة صغيرة في ريف المدينة، وقال شهود إن ثلاثة أشخاص أصيبوا بعد الظهر. " * 3
SHORT = "انفجار في السوق"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256"])
@pytest.mark.parametrize("text", [ARABIC, SHORT])
def test_arabic_is_read_in_its_encoding(encoding: str, text: str) -> None:
    # The code page has no ی and the like, but all of plain Arabic.
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["iso8859_6", "mac_arabic"])
def test_other_arabic_code_pages_are_told_from_windows_1256(encoding: str) -> None:
    assert decode(ARABIC.encode(encoding)) == ARABIC


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_a_mark_is_no_part_of_the_text(mark: bytes) -> None:
    order = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    assert decode(mark + ARABIC.encode(order)) == ARABIC


def test_french_in_a_latin_code_page_is_read() -> None:
    text = "L'armée a annoncé jeudi que les blessés ont été évacués vers l'hôpital de la région. " * 4
    assert decode(text.encode("cp1252")) == text


def test_latin_utf16_without_a_mark_is_read() -> None:
    text = "An explosion was reported near the market on Thursday."
    assert decode(text.encode("utf-16-le")) == text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 and so on", "a PDF file"),
        (b"PK\x03\x04rest", "ZIP archive"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"text\0with\0nothing", "NUL bytes"),
        (bytes(1000), "NUL bytes"),
        (bytes(range(256)) * 40, "binary"),
    ],
)
def test_what_is_no_text_is_refused_with_what_it_is(content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        decode(content)


def test_a_broken_byte_in_utf8_is_named_and_not_read_in_another_encoding() -> None:
    content = ARABIC.encode()[:50] + b"\xff" + ARABIC.encode()[50:]
    with pytest.raises(InputError, match="byte 5"):
        decode(content)


def test_a_broken_byte_past_the_head_is_named_too() -> None:
    content = (ARABIC * 500).encode()
    assert len(content) > HEAD
    with pytest.raises(InputError, match="is not UTF-8"):
        decode(content + b"\xff")


def test_a_character_cut_by_the_end_of_the_head_is_no_error() -> None:
    for shift in range(3):
        text = "x" * shift + "قصف" * HEAD
        assert decode(text.encode()) == text


@given(st.binary(max_size=400))
def test_any_bytes_give_a_text_or_an_input_error(content: bytes) -> None:
    try:
        text = decode(content)
    except InputError as error:
        text = str(error)
    assert isinstance(text, str)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=300))
def test_utf8_is_always_read_as_utf8(text: str) -> None:
    content = text.encode()
    try:
        assert decode(content) == text.removeprefix("\ufeff")
    except InputError as error:
        # Only a text that begins like a known binary file.
        assert "not text" in str(error)  # noqa: PT017
