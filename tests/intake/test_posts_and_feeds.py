"""Posts, feeds, archives, letters and office files, each in its real form, with texts of our own."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pytest

from sayso.errors import InputRefused
from sayso.intake.base import Link, Named, Parsed
from sayso.intake.detect import detect, iter_documents
from sayso.model.document import Document, Relay


def parsed(data: bytes, name: str = "x", url: str | None = None) -> list[Parsed]:
    return list(iter_documents(Named(name, data, url=url), 1_000_000))


def documents(data: bytes, name: str = "x") -> list[Document]:
    found = parsed(data, name)
    assert all(isinstance(one, Document) for one in found), found
    return [one for one in found if isinstance(one, Document)]


def refusals(data: bytes, name: str = "x") -> list[str]:
    return [str(one) for one in parsed(data, name) if isinstance(one, InputRefused)]


TELEGRAM = {
    "name": "Ormland Embassy in Brine",
    "type": "public_channel",
    "id": 1700000001,
    "messages": [
        {"id": 1, "type": "service", "date": "2034-08-07T09:00:00", "actor": "x", "action": "create_channel", "text": ""},
        {
            "id": 2,
            "type": "message",
            "date": "2034-08-07T12:00:00",
            "date_unixtime": "2039082000",
            "from": "Ormland Embassy in Brine",
            "from_id": "channel1700000001",
            "text": ["The quay ", {"type": "bold", "text": "stays open"}, ". See ",
                     {"type": "text_link", "text": "our page", "href": "https://embassy.example/quay"}],
            "text_entities": [
                {"type": "plain", "text": "The quay "},
                {"type": "bold", "text": "stays open"},
                {"type": "plain", "text": ". See "},
                {"type": "text_link", "text": "our page", "href": "https://embassy.example/quay"},
            ],
        },
        {"id": 3, "type": "message", "date": "2034-08-07T13:00:00", "forwarded_from": "Harbour Office",
         "text": "No paper about the quay was signed.", "reply_to_message_id": 2},
        {"id": 4, "type": "message", "date": "2034-08-07T13:05:00", "photo": "x.jpg", "text": ""},
    ],
}  # fmt: skip


def test_telegram_export_keeps_words_links_forwards_and_replies() -> None:
    posted, passed_on = documents(json.dumps(TELEGRAM, indent=1).encode(), "result.json")
    assert posted.text == "The quay stays open. See our page"
    assert (posted.outlet, posted.channel) == ("Ormland Embassy in Brine", "telegram")
    assert posted.url == "https://t.me/c/1700000001/2"
    assert posted.published == "2034-08-13T11:40:00+00:00"
    assert posted.relays == (Relay("link", None, "https://embassy.example/quay"),)
    assert passed_on.relays[0] == Relay("forwarded", "Harbour Office")
    assert passed_on.relays[1] == Relay("reply", "Ormland Embassy in Brine", "https://t.me/c/1700000001/2")


def test_telegram_group_members_speak_for_themselves() -> None:
    group = {"about": "Here is the data you requested.", "chats": {"list": [
        {"name": "Quay chat", "type": "private_supergroup", "id": 5,
         "messages": [{"id": 9, "type": "message", "date": "2034-08-07T09:00:00", "from": "Lena", "text": "They close it!"}]}]}}  # fmt: skip
    (one,) = documents(json.dumps(group).encode(), "result.json")
    assert one.outlet == "Lena"
    assert one.relays == (Relay("via", "Quay chat"),)


TELEGRAM_PAGE = """<!DOCTYPE html><html><head><title>Quay Watch</title>
<link href="//telegram.org/css/widget-frame.css" rel="stylesheet"></head><body class="widget_frame_base">
<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="quaywatch/41">
<a class="tgme_widget_message_owner_name" href="https://t.me/quaywatch"><span dir="auto">Quay Watch</span></a>
<div class="tgme_widget_message_forwarded_from">Forwarded from <a class="tgme_widget_message_forwarded_from_name" href="https://t.me/harbour/7"><span>Harbour Office</span></a></div>
<div class="tgme_widget_message_text js-message_text" dir="auto">Nobody signed a paper.<br/>The quay <b>stays</b> open: <a href="https://harbour.example/n">notice</a></div>
<a class="tgme_widget_message_date" href="https://t.me/quaywatch/41"><time datetime="2034-08-07T10:00:00+00:00">10:00</time></a></div></div>
<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="quaywatch/42"><div class="tgme_widget_message_photo"></div></div></div>
</body></html>"""


def test_telegram_preview_page() -> None:
    (one,) = documents(TELEGRAM_PAGE.encode(), "s.html")
    assert one.text == "Nobody signed a paper.\nThe quay stays open: notice"
    assert (one.outlet, one.url, one.published) == (
        "Quay Watch",
        "https://t.me/quaywatch/41",
        "2034-08-07T10:00:00+00:00",
    )
    assert one.relays[0] == Relay("forwarded", "Harbour Office", "https://t.me/harbour/7")


def test_x_archive_and_single_posts() -> None:
    archive = 'window.YTD.tweets.part0 = [ {"tweet": {"id_str": "7", "full_text": "RT @harbour: The quay &amp; pier stay open", "created_at": "Mon Aug 07 10:00:00 +0000 2034", "lang": "en", "entities": {"urls": []}}} ]'
    (one,) = documents(archive.encode(), "tweets.js")
    assert one.text == "The quay & pier stay open"
    assert one.relays == (Relay("forwarded", "harbour"),)
    assert one.published == "2034-08-07T10:00:00+00:00"
    single = {
        "data": {"id": "8", "text": "The quay closes, via @coastdesk", "author_id": "3",
                 "edit_history_tweet_ids": ["8"], "created_at": "2034-08-07T10:00:00.000Z"},
        "includes": {"users": [{"id": "3", "username": "lena_q", "name": "Lena Q"}]},
    }  # fmt: skip
    (two,) = documents(json.dumps(single).encode(), "post.json")
    assert (two.outlet, two.url) == ("Lena Q", "https://x.com/lena_q/status/8")
    assert two.relays == (Relay("via", "coastdesk"),)


def test_mastodon_and_bluesky() -> None:
    status = {
        "id": "1", "url": "https://social.example/@lena/1", "created_at": "2034-08-07T10:00:00.000Z",
        "in_reply_to_id": None, "reblogs_count": 3, "language": "en",
        "content": "<p>The quay closes.</p><p>See <a href=\"https://harbour.example/n\">this</a> &amp; weep</p>",
        "account": {"acct": "lena", "display_name": "Lena"}, "reblog": None,
    }  # fmt: skip
    (one,) = documents(json.dumps(status).encode(), "status.json")
    assert one.text == "The quay closes.\n\nSee this & weep"
    assert (one.outlet, one.channel, one.lang) == ("Lena", "other", "en")
    assert one.relays == (Relay("link", None, "https://harbour.example/n"),)
    thread = {"thread": {"post": {
        "uri": "at://did:plc:abc/app.bsky.feed.post/3k", "author": {"handle": "lena.example", "displayName": "Lena"},
        "record": {"$type": "app.bsky.feed.post", "text": "They said no.", "createdAt": "2034-08-07T10:00:00Z",
                   "langs": ["en"], "reply": {"parent": {"uri": "at://did:plc:def/app.bsky.feed.post/9"}}}}}}  # fmt: skip
    (two,) = documents(json.dumps(thread).encode(), "thread.json")
    assert two.url == "https://bsky.app/profile/lena.example/post/3k"
    assert two.relays == (Relay("reply", None, "https://bsky.app/profile/did:plc:def/post/9"),)


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Coast Daily</title><language>en-gb</language>
<item><title>Quay stays open</title><link>https://coast.example/1</link><guid>c1</guid>
<pubDate>Mon, 07 Aug 2034 10:00:00 GMT</pubDate><source url="https://tidewire.example/rss">Tidewire</source>
<description>&lt;p&gt;The harbour office denied it.&lt;/p&gt;</description></item></channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Office</title>
<entry><id>a1</id><title>Notice</title><updated>2034-08-07T10:00:00Z</updated><link href="https://harbour.example/a1"/>
<content type="html">&lt;p&gt;No paper was signed.&lt;/p&gt;&lt;p&gt;The quay stays open.&lt;/p&gt;</content></entry></feed>"""


def test_feeds_with_their_own_source() -> None:
    (one,) = documents(RSS.encode(), "rss.xml")
    assert one.text == "The harbour office denied it."
    assert (one.outlet, one.url, one.lang, one.title) == (
        "Coast Daily",
        "https://coast.example/1",
        "en",
        "Quay stays open",
    )
    assert one.published == "2034-08-07T10:00:00+00:00"
    assert one.relays == (Relay("source", "Tidewire", "https://tidewire.example/rss"),)
    (two,) = documents(ATOM.encode(), "atom.xml")
    assert two.text == "No paper was signed.\n\nThe quay stays open."
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Brine Post", "language": "en",
            "items": [{"id": "1", "url": "https://b.example/1", "content_text": "It stays open.", "date_published": "2034-08-07T10:00:00Z"}]}  # fmt: skip
    (three,) = documents(json.dumps(feed).encode(), "feed.json")
    assert (three.outlet, three.text) == ("Brine Post", "It stays open.")


def test_sitemap_names_addresses_and_no_texts() -> None:
    data = b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://b.example/1</loc></url></urlset>'
    assert parsed(data, "sitemap.xml") == [Link("https://b.example/1", "sitemap.xml")]


PAGE = (
    "<!doctype html><html lang='en'><head><title>Quay</title></head><body><article><h1>Quay</h1>"
    + "".join(
        f"<p>The harbour office said for the {n}th time that the quay would stay open all summer long.</p>"
        for n in range(4, 12)
    )
    + "</article></body></html>"
)


def warc(*pages: tuple[str, str]) -> bytes:
    out = b""
    for url, html in pages:
        http = (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: "
            + str(len(html.encode())).encode()
            + b"\r\n\r\n"
            + html.encode()
        )
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2034-08-07T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{len(out):012}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        out += head.encode() + http + b"\r\n\r\n"
    return out


@pytest.mark.parametrize("packed", [False, True])
def test_web_archive(packed: bool) -> None:
    data = warc(("https://b.example/1", PAGE), ("https://b.example/2", PAGE.replace("harbour", "port")))
    found = documents(gzip.compress(data) if packed else data, "crawl.warc")
    assert [one.url for one in found] == ["https://b.example/1", "https://b.example/2"]
    assert "stay open" in found[0].text


def test_damaged_web_archive_gives_what_it_has() -> None:
    data = (
        warc(("https://b.example/1", PAGE))
        + b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999\r\n\r\nHTTP/1.1"
    )
    found = parsed(data, "crawl.warc")
    assert isinstance(found[0], Document)


REVIEW = {
    "@context": "https://schema.org", "@type": "ClaimReview", "url": "https://check.example/quay",
    "claimReviewed": "The quay will close in September", "datePublished": "2034-08-09",
    "author": {"@type": "Organization", "name": "Brine Fact Desk"},
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "alternateName": "No evidence found"},
    "itemReviewed": {"@type": "Claim", "author": {"name": "Quay Watch"}, "appearance": {"url": "https://t.me/quaywatch/1"}},
}  # fmt: skip


def test_claim_review_is_its_authors_statement() -> None:
    (one,) = documents(json.dumps(REVIEW).encode(), "review.json")
    assert one.outlet == "Brine Fact Desk"
    assert "Brine Fact Desk rated this claim: “No evidence found”." in one.text
    assert one.relays == (Relay("quote", "Quay Watch", "https://t.me/quaywatch/1"),)
    page = PAGE.replace("</head>", f'<script type="application/ld+json">{json.dumps(REVIEW)}</script></head>')
    assert [one.outlet for one in documents(page.encode(), "p.html")][1:] == ["Brine Fact Desk"]


LETTER = """From: Lena Q <lena@post.example>
To: desk@brine.example
Subject: Fwd: the quay
Date: Mon, 07 Aug 2034 12:00:00 +0200
Message-ID: <m1@post.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Is this real? My brother got it.

---------- Forwarded message ---------
From: Port Union <union@port.example>
Date: Sun, 6 Aug 2034 09:00:00 +0200
Subject: the quay

The quay will close in September. All members must sign off.
"""


def test_mail_with_a_forwarded_letter() -> None:
    asked, forwarded = documents(LETTER.encode(), "a.eml")
    assert (asked.outlet, asked.text) == ("Lena Q", "Is this real? My brother got it.")
    assert asked.published == "2034-08-07T12:00:00+02:00"
    assert forwarded.outlet == "Port Union"
    assert forwarded.text == "The quay will close in September. All members must sign off."
    assert forwarded.relays == (Relay("via", "Lena Q"),)


def pdf(*lines: str) -> bytes:
    drawn = " ".join(f"BT /F1 12 Tf 72 {720 - 20 * n} Td ({line}) Tj ET" for n, line in enumerate(lines))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{at:010} 00000 n \n" for at in offsets)
    return (out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF").encode()


def test_pdf_with_text_and_without() -> None:
    (one,) = documents(pdf("The harbour office said that", "the quay would stay open."), "order.pdf")
    assert one.text == "The harbour office said that the quay would stay open."
    assert "without text" in refusals(pdf(), "scan.pdf")[0]
    assert "damaged" in refusals(b"%PDF-1.4\nnothing of the kind", "broken.pdf")[0]


def test_docx() -> None:
    import docx

    file = docx.Document()
    file.add_paragraph("The quay stays open.")
    table = file.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Order", "88-L"
    held = io.BytesIO()
    file.save(held)
    (one,) = documents(held.getvalue(), "notice.docx")
    assert one.text == "The quay stays open.\n\nOrder | 88-L"
    assert "Word" in refusals(held.getvalue()[:400], "cut.docx")[0]


def test_zip_of_mixed_formats_is_read_file_by_file() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a/rss.xml", RSS)
        archive.writestr("../../b.txt", "The quay stays open, the office said.")
        archive.writestr("c.bin", b"\x00\x01\x02" * 50)
    found = parsed(held.getvalue(), "mixed.zip")
    assert len([one for one in found if isinstance(one, Document)]) == 2
    assert "binary" in str(next(one for one in found if isinstance(one, InputRefused)))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (json.dumps(TELEGRAM).encode(), "telegram-export"),
        (TELEGRAM_PAGE.encode(), "telegram-page"),
        (RSS.encode(), "feed"),
        (ATOM.encode(), "feed"),
        (LETTER.encode(), "mail"),
        (pdf("x"), "pdf"),
        (warc(("https://b.example/1", PAGE)), "warc"),
        (json.dumps(REVIEW).encode(), "claimreview"),
        (b"From: here to eternity\nnobody closes the quay", "text"),
    ],
)
def test_content_decides_and_not_the_name(data: bytes, name: str) -> None:
    assert detect(Named("file.dat", data)).name == name
