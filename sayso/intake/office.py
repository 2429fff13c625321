"""Files of office programs: PDF with text (PDFium), and Word's ``.docx`` (python-docx)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from sayso.errors import InputRefused
from sayso.intake.base import Named, Parsed, clean_text
from sayso.intake.packed import DAMAGED
from sayso.intake.posts import clean_name, moment, post

MOST_PAGES = 2_000
_PDF_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_JOINED = re.compile(r"(?<=[^\W\d_])[-\u00ad\ufffe]\n(?=[a-zа-яё])")
_WRAPPED = re.compile(r"(?<=[^\n.!?:…])\n(?=[^\n])")


class Pdf:
    """A PDF that holds text; the words of a page's lines are joined to paragraphs as far as that shows."""

    name = "pdf"
    binary = True

    def sniff(self, head: bytes, name: str) -> bool:
        """By its mark, which may stand after some other bytes."""
        return b"%PDF-" in head[:1024]

    def parse(self, source: Named) -> Iterator[Parsed]:
        """One document."""
        import pypdfium2 as pdfium

        try:
            file = pdfium.PdfDocument(source.data)
        except pdfium.PdfiumError as error:
            locked = "password" in str(error).casefold()
            reason = "locked with a password" if locked else "a damaged PDF"
            remedy = "save it without the password" if locked else "copy or download it again"
            raise InputRefused(reason, where=source.name, remedy=remedy) from error
        try:
            pages = [_page(file, number) for number in range(min(len(file), MOST_PAGES))]
            known = file.get_metadata_dict(skip_empty=True)
        except (pdfium.PdfiumError, RuntimeError, ValueError) as error:
            raise InputRefused("a damaged PDF", where=source.name, remedy="copy or download it again") from error
        finally:
            file.close()
        text = clean_text("\n\n".join(pages))
        if not text:
            raise InputRefused(
                "a PDF without text, a scan perhaps", where=source.name, remedy="run it through text recognition first"
            )
        made = _PDF_DATE.match(known.get("CreationDate", ""))
        yield post(
            text,
            source.name,
            outlet=None,
            channel="other",
            author=known.get("Author"),
            title=clean_name(known.get("Title")),
            published=moment("-".join(made.groups())) and "-".join(made.groups()) if made else None,
            identifier=source.name,
            url=source.url,
        )


def _page(file: object, number: int) -> str:
    page = file[number]  # type: ignore[index]
    try:
        words = page.get_textpage()
        try:
            text = str(words.get_text_bounded())
        finally:
            words.close()
    finally:
        page.close()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _WRAPPED.sub(" ", _JOINED.sub("", text))


class Docx:
    """A Word file: its paragraphs and the cells of its tables."""

    name = "docx"
    binary = True
    most_unpacked = 200_000_000

    def sniff(self, head: bytes, name: str) -> bool:
        """By a zip archive whose first files are an office document's."""
        office = b"[Content_Types].xml" in head or b"_rels/.rels" in head or b"word/" in head
        return head.startswith(b"PK\x03\x04") and (name.casefold().endswith(".docx") or office)

    def parse(self, source: Named) -> Iterator[Parsed]:
        """One document."""
        import docx
        from docx.opc.exceptions import PackageNotFoundError
        from lxml import etree

        self._refuse_bomb(source)
        try:
            file = docx.Document(io.BytesIO(source.data))
            lines = [one.text for one in file.paragraphs]
            for table in file.tables:
                for row in table.rows:
                    lines.append(" | ".join(dict.fromkeys(cell.text.strip() for cell in row.cells)))
            known = file.core_properties
            title, author = known.title, known.author
            made = known.created
        except (
            PackageNotFoundError,
            *DAMAGED,
            KeyError,
            etree.LxmlError,
            RecursionError,
        ) as error:
            raise InputRefused(
                "not a readable Word file", where=source.name, remedy="save it again as .docx"
            ) from error
        yield post(
            "\n\n".join(line for line in lines if line.strip()),
            source.name,
            outlet=None,
            channel="other",
            author=author,
            title=clean_name(title),
            published=moment(made.isoformat()) if made else None,
            identifier=source.name,
            url=source.url,
        )

    def _refuse_bomb(self, source: Named) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
                size = sum(info.file_size for info in archive.infolist())
        except DAMAGED as error:
            raise InputRefused("a damaged Word file", where=source.name, remedy="save it again as .docx") from error
        if size > self.most_unpacked:
            raise InputRefused(
                f"unpacks to {size} bytes", where=source.name, remedy="save its text as a plain file and add that"
            )
