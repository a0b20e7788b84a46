"""Files that lie, and a person on the web who sends files byte by byte, as no browser would."""

import io
import os
import re
import struct
import zipfile
import zlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from markupsafe import escape
from PIL import Image

from tests.on_the_web import FIRST_STEPS, field_of
from tests.photos import exif, letter, phone_photo, photo, with_segment

MIB = 1024 * 1024
SCRIPT = "<script>document.title='owned';location='https://evil.example/'</script>"
_EDGE = "the-edge-of-a-part"


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A file as it is sent: what it is, what it says it is, and what it is called."""

    content: bytes
    media_type: str
    name: bytes = b"file"


def chunk(name: bytes, content: bytes) -> bytes:
    """Of a PNG."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def huge_picture() -> bytes:
    """A PNG of a few bytes that claims two thousand million dots a side: unpacked, it would fill any memory."""
    size = struct.pack(">II5B", 2**31 - 1, 2**31 - 1, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(bytes(9))) + chunk(b"IEND", b"")


def moving(kind: str) -> bytes:
    """A picture of several."""
    frames = [Image.frombytes("RGB", (8, 8), os.urandom(192)) for _ in range(3)]
    made = io.BytesIO()
    frames[0].save(made, kind, save_all=True, append_images=frames[1:], exif=exif())
    return made.getvalue()


def zip_bomb() -> bytes:
    """A Word file of some kilobytes whose description unpacks to 100 MB."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as entries:
        entries.writestr("docProps/core.xml", b"<dc:creator>" + bytes(100 * MIB))
    return made.getvalue()


def camera_bomb(times: int = 200) -> bytes:
    """A photo with what the camera wrote many times over, each of thousands of tags that lie about their length."""
    tags = struct.pack("<H", 5_000) + b"".join(struct.pack("<HHII", tag, 2, 10**6, 8) for tag in range(5_000))
    bomb = photo()
    for _ in range(times):
        bomb = with_segment(bomb, 0xE1, b"Exif\0\0II*\0\x08\0\0\0" + tags)
    return bomb


LIES: dict[str, Sent] = {
    "a program as a photo": Sent(content=b"MZ\x90\0" + os.urandom(500), media_type="image/jpeg", name=b"me.jpg"),
    "a drawing with a script": Sent(
        content=f'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">{SCRIPT}</svg>'.encode(),
        media_type="image/svg+xml",
        name=b"logo.svg",
    ),
    "a page with a script": Sent(content=f"<html>{SCRIPT}</html>".encode(), media_type="text/html", name=b"a.html"),
    "a page as a photo": Sent(content=f"<html>{SCRIPT}</html>".encode(), media_type="image/jpeg", name=b"a.jpg"),
    "a page that is a PDF too": Sent(
        content=f"%PDF-1.7\n{SCRIPT}".encode(), media_type="application/pdf", name=b"a.pdf"
    ),
    "a photo that is an archive too": Sent(content=phone_photo() + letter(), media_type="application/zip"),
    "a picture that is a page too": Sent(
        content=with_segment(photo(), 0xFE, f"--><html>{SCRIPT}".encode()), media_type="text/html"
    ),
    "half a JPEG": Sent(content=phone_photo()[:700], media_type="image/jpeg"),
    "half a PNG": Sent(content=phone_photo("PNG")[:700], media_type="image/png"),
    "half a WebP": Sent(content=phone_photo("WEBP")[:700], media_type="image/webp"),
    "a picture of any size": Sent(content=huge_picture(), media_type="image/png"),
    "a moving PNG": Sent(content=moving("PNG"), media_type="image/png"),
    "a moving WebP": Sent(content=moving("WEBP"), media_type="image/webp"),
    "a moving GIF": Sent(content=moving("GIF"), media_type="image/gif"),
    "a zip bomb": Sent(content=zip_bomb(), media_type="application/msword", name=b"letter.docx"),
    "a camera bomb": Sent(content=camera_bomb(), media_type="image/jpeg"),
    "a type that is none": Sent(content=b"words", media_type="image/jpeg\tx; y=<b>" + "z" * 500),
    "a type with a path": Sent(content=b"words", media_type="../../etc/passwd"),
}

NAMES: dict[str, bytes] = {
    "folders": b"../../../etc/passwd",
    "folders of Windows": b"..\\..\\Windows\\System32\\calc.exe",
    "a zero": b"photo.jpg\x00.exe",
    "turned around": "photo\u202egpj.exe".encode(),
    "a thousand letters": b"a" * 1_000 + b".jpg",
    "a device": b"CON",
    "a device with an ending": b"NUL.jpg",
    "only dots": b"..",
    "an option": b"-rf *",
    "a page": b"<img src=x onerror=alert(1)>.jpg",
    "no letters of any language": b"\xff\xfe\xfd.jpg",
    "a template": b"{{ 7*7 }}{words}%s.jpg",
    "nothing": b"",
}


class Sender:
    """Amina, without a browser: everything she posts is made here, byte by byte."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self.http = http
        self.page = ""

    async def begins(self) -> None:
        """To the question what happened."""
        await self._reads(self.http.post("/start", data={"locale": "en"}))
        for label in FIRST_STEPS:
            fields = {"form": field_of(self.page, "form"), "tap": field_of(self.page, "tap", label=label)}
            await self._reads(self.http.post("/chat", data=fields))
        assert "What happened?" in self.page

    async def sends(self, *files: Sent, words: str = "") -> int:
        """Post the form with these files; gives the status."""
        body = self.form(files, words=words)
        headers = {"content-type": f"multipart/form-data; boundary={_EDGE}"}
        return await self._reads(self.http.post("/chat", data=io.BytesIO(body), headers=headers))

    async def presses(self, label: str) -> None:
        tap = field_of(self.page, "tap", label=str(escape(label)))
        fields = {"form": field_of(self.page, "form"), "tap": tap}
        await self._reads(self.http.post("/chat", data=fields))

    def form(self, files: Sequence[Sent], *, words: str = "") -> bytes:
        """The form on the page, filled in."""
        fields = {name: field_of(self.page, name).encode() for name in ("form", "screen")} | {"words": words.encode()}
        parts = [_part(b'name="%s"' % name.encode(), content) for name, content in fields.items()]
        parts += [_part(b'name="files"; filename="%s"' % file.name, file.content, file.media_type) for file in files]
        return b"".join(parts) + f"--{_EDGE}--\r\n".encode()

    async def comes_back(self) -> None:
        """Open the page anew."""
        await self._reads(self.http.get("/chat"))

    async def _reads(self, asking: "aiohttp.client._RequestContextManager") -> int:
        async with asking as answer:
            self.page = await answer.text()
            return answer.status

    @property
    def kept(self) -> int:
        """How many messages the page says it has kept."""
        found = re.search(r"I have kept (\d+) message", self.page)
        return int(found[1]) if found else 0


def _part(about: bytes, content: bytes, media_type: str = "") -> bytes:
    kind = f"content-type: {media_type}\r\n".encode() if media_type else b""
    return b"--%s\r\ncontent-disposition: form-data; %s\r\n%s\r\n%s\r\n" % (_EDGE.encode(), about, kind, content)


@asynccontextmanager
async def a_sender(site: str) -> AsyncIterator[Sender]:
    """At the question what happened."""
    async with aiohttp.ClientSession(site, cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        sender = Sender(http)
        await sender.begins()
        yield sender
