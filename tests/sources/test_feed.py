from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.sources.markup import plain
from tests.sources.conftest import Read

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>وكالة المثال</title><link>https://news.example/</link>
<item><media:title>صورة</media:title><title>انفجار &amp;quot;كبير&amp;quot; في السوق</title>
<link>https://news.example/1</link><guid isPermaLink="false">n-1</guid><dc:creator>محرر</dc:creator>
<pubDate>Tue, 05 Mar 2024 22:30:00 +0300</pubDate><category>سوريا</category>
<description>مختصر</description>
<content:encoded><![CDATA[<p>%s</p><script>alert(1)</script><p>فقرة&nbsp;ثانية.<br/>سطر</p>]]></content:encoded></item>
<item><title>بلا وصف</title><pubDate>قبل أيام</pubDate></item>
<item><title></title><description></description></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>موقع المثال</title>
<entry><title type="html">&lt;b&gt;قصف&lt;/b&gt; &lt;script&gt;x()&lt;/script&gt;على البلدة</title>
<id>tag:example,2024:1</id>
<link rel="enclosure" href="https://news.example/p.jpg"/><link href="https://news.example/2"/>
<published>2024-03-06T01:00:00+03:00</published><updated>2024-03-09T00:00:00Z</updated>
<author><name>كاتب</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>%s</p><p>ثان</p></div></content></entry></feed>"""


def test_the_items_of_a_feed_are_reports(read: Read, text: str) -> None:
    found, lines = read("news.xml", RSS % text)
    first, second = (one.document for one in found)
    assert first.id == "n-1"
    assert first.title == 'انفجار "كبير" في السوق'
    assert first.text == f"{first.title}\n{text}\nفقرة ثانية.\nسطر"
    assert (first.published, first.url, first.outlet) == (date(2024, 3, 5), "https://news.example/1", "وكالة المثال")
    assert first.meta == {
        "published_as_given": "Tue, 05 Mar 2024 22:30:00 +0300",
        "author": "محرر",
        "categories": ["سوريا"],
    }
    assert (second.id, second.text, second.published) == ("news:2", "بلا وصف", None)
    assert second.meta["published_as_given"] == "قبل أيام"
    assert found[0].original.content == (RSS % text).encode()
    assert [one.part for one in found] == ["item 1", "item 2"]
    assert len(lines) == 1
    assert ":3: the text is empty" in lines[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_atom_feed_is_read_without_its_markup(read: Read, text: str, encoding: str) -> None:
    [one], _ = read("feed.atom", (ATOM % text).encode(encoding))
    document = one.document
    assert document.title == "قصف على البلدة"
    assert document.text == f"قصف على البلدة\n{text}\nثان"
    assert (document.published, document.url) == (date(2024, 3, 6), "https://news.example/2")
    assert (document.id, document.outlet, document.meta["author"]) == ("tag:example,2024:1", "موقع المثال", "كاتب")


def test_rss_1_has_its_items_beside_the_channel(read: Read, text: str) -> None:
    source = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>قناة</title></channel>'
        f"<item><title>عنوان</title><description>{text}</description><dc:date>2024-03-05</dc:date></item></rdf:RDF>"
    )
    [one], _ = read("old.rss", source)
    assert (one.document.published, one.document.outlet) == (date(2024, 3, 5), "قناة")


def test_a_feed_is_told_by_content(read: Read, text: str) -> None:
    found, _ = read("saved.txt", RSS % text)
    assert len(found) == 2


def test_items_before_a_break_are_read_and_the_break_is_told(read: Read, text: str) -> None:
    found, [line] = read("cut.xml", (RSS % text).split("بلا وصف")[0])
    assert [one.document.id for one in found] == ["n-1"]
    assert "broken XML" in line
    assert "items from here on are lost" in line


LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "ها"><!ENTITY b "%s">]>' % ("&a;" * 1000)


@pytest.mark.parametrize(
    ("prologue", "body"),
    [
        (LAUGHS, "&b;"),
        ('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
        ('<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;]>', "x"),
        ("<!--" + "x" * 100_000 + "-->" + LAUGHS, "&b;"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_and_never_expanded(read: Read, prologue: str, body: str, encoding: str) -> None:
    item = f"<rss><channel><item><title>{body}</title></item></channel></rss>"
    source = f"<?xml version='1.0' encoding='{encoding}'?>{prologue}{item}"
    found, [line] = read("bomb.xml", source.encode(encoding))
    assert found == []
    assert "declares entities" in line or "XML" in line
    assert "root:" not in line


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<rss><channel><title>x</title></channel></rss>", "without items"),
        ("<?xml version='1.0'?><kml><Placemark/></kml>", "neither a feed nor a web page"),
        ("<rss>" + "<a>" * 100_000, "broken XML"),
        ("<rss></feed>", "broken XML"),
    ],
)
def test_what_is_no_feed_is_one_line(read: Read, source: str, said: str) -> None:
    found, [line] = read("x.xml", source)
    assert found == []
    assert said in line


@given(st.text(st.sampled_from('<>!-/abpsript "=\n&;\u0645'), max_size=300))
def test_any_markup_gives_text_without_tags(source: str) -> None:
    assert "<script>" not in plain(f"<p>{source}</p><script>{source}</script>") or "&lt" in source or "<<" in source


def test_scripts_comments_and_nested_tags_leave_only_text() -> None:
    assert plain("a<!-- <b>x</b> --><script>if (a<b) {}</script>ب<STYLE>p{}</STYLE>&lt;i&gt; 1 < 2") == "aب<i> 1 < 2"
