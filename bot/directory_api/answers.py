"""Answers as others expect them: JSON that may be kept for an hour, pages, and problems told in a sentence."""

import json
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from bot.directory_api.choosing import Chosen
from bot.directory_api.questions import Question
from services_directory.openreferral.terms import Record

HOUR = "public, max-age=3600"
NEVER = "no-store"
ALWAYS = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "etag, last-modified",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "cross-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
METHODS = "GET, HEAD, OPTIONS"


def answer(request: Request, body: object, *, modified: datetime, keep: bool = True) -> Response:
    """`body` as JSON, or 304 where the other side has it. `keep` False: it answers somebody's own words."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    headers = ALWAYS | {"etag": tag, "cache-control": HOUR if keep else NEVER}
    headers |= {"last-modified": format_datetime(modified, usegmt=True)}
    if _has(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type="application/json")


def _has(request: Request, tag: str) -> bool:
    held = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    return bool(held & {tag, "*"})


def problem(status: int, title: str, detail: str = "") -> Response:
    """What went wrong, as RFC 9457 writes it. `detail` never repeats what was asked."""
    body = {"type": "about:blank", "title": title, "status": status} | ({"detail": detail} if detail else {})
    headers = ALWAYS | {"cache-control": NEVER} | ({"allow": METHODS} if status == 405 else {})
    return Response(json.dumps(body), status, headers=headers, media_type="application/problem+json")


def page(chosen: Chosen, question: Question, show: Callable[[Record], Record]) -> Record:
    """One page of what was chosen, each record as `show` shows it; `notes` only where there are any."""
    total = len(chosen.records)
    pages = -(-total // question.per_page)
    first = (question.page - 1) * question.per_page
    contents = [show(record) for record in chosen.records[first : first + question.per_page]]
    envelope: Record = {
        "total_items": total,
        "total_pages": pages,
        "page_number": question.page,
        "size": len(contents),
        "first_page": question.page == 1,
        "last_page": question.page >= pages,
        "empty": not contents,
        "contents": contents,
    }
    return envelope | ({"notes": list(chosen.notes)} if chosen.notes else {})
