"""Telegram's rules as pure checks: each takes a value and returns it as Telegram would keep it, or raises `Refused`.
No state, clock or network; what a rule needs to know is passed in."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_CALLBACK_DATA = 64  # bytes
LONGEST_CALLBACK_ANSWER = 200
MOST_BUTTONS = 100
MOST_BUTTONS_IN_A_ROW = 8
LARGEST_DOWNLOAD = 20 * 1024 * 1024  # bytes
LARGEST_UPLOAD = 50 * 1024 * 1024  # bytes
LARGEST_PHOTO = 10 * 1024 * 1024  # bytes
DELETABLE_FOR = timedelta(hours=48)
CALLBACK_ANSWERABLE_FOR = timedelta(seconds=15)
CALLBACK_UPDATE_KEPT_FOR = timedelta(seconds=150)
UPDATE_KEPT_FOR = timedelta(hours=24)

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
KINDS_SENT_ONLY_IF_ASKED_FOR = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
CHAT_ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip
PROFILE_LIMITS = {"name": 64, "description": 512, "short_description": 120}

_ENTITY_OF_TAG = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("span", "tg-spoiler"), "spoiler"),
    **{tag: tag for tag in ("code", "pre", "blockquote")},
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
_VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s>"']+)"""
_ATTRIBUTE = re.compile(rf"\s+([^\s=>]+)(?:\s*=\s*({_VALUE}))?")
_REST_OF_TAG = re.compile(rf"((?:\s+[^\s=>]+(?:\s*=\s*{_VALUE})?)*)\s*>")
_NAME = re.compile(r"[^\s>]*")
_REST_OF_END_TAG = re.compile(r"\s*>")
_CHARACTER = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d+)|#x([0-9a-fA-F]+));")
_NAMED_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x0c\x0e-\x1f]")


class Refused(Exception):
    """The Bot API says no: an HTTP status, its description and, for 429 and moved groups, its parameters."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(code, description)
        self.code, self.description, self.parameters = code, description, parameters

    def as_json(self) -> Json:
        answer: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return answer | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(why: str) -> Refused:
    return Refused(400, f"Bad Request: {why}")


def too_many_requests(retry_after: int) -> Refused:
    """`retry_after` is in whole seconds."""
    text = f"Too Many Requests: retry after {retry_after}"
    return Refused(429, text, {"retry_after": retry_after})


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, the unit of every entity's offset and length."""
    return len(text) + sum(character > "\uffff" for character in text)


def check_text(text: str, params: Mapping[str, Any]) -> tuple[str, list[Json]]:
    """The text of a message and its entities, as kept; 1-4096 code points after entity parsing."""
    if not text:
        raise bad_request("message text is empty")
    plain, entities = _formatted(text, params.get("parse_mode"), params.get("entities"))
    if not plain:
        raise bad_request("text must be non-empty")
    if len(plain) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return plain, entities


def check_caption(caption: str, params: Mapping[str, Any]) -> tuple[str, list[Json]]:
    """The caption of a file, which may be empty; up to 1024 code points after entity parsing."""
    plain, entities = _formatted(caption, params.get("parse_mode"), params.get("caption_entities"))
    if len(plain) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return plain, entities


def _formatted(text: str, parse_mode: str | None, entities: Sequence[Json] | None) -> tuple[str, list[Json]]:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    if parse_mode and parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    plain, found = parse_html(text) if parse_mode else (text, list(entities or []))
    plain = _CONTROL.sub(" ", plain.replace("\r", " " if found else ""))
    return _stripped(plain, found)


def _stripped(plain: str, entities: list[Json]) -> tuple[str, list[Json]]:
    lead = utf16_length(plain) - utf16_length(plain.lstrip())
    plain = plain.strip()
    end, kept = utf16_length(plain), []
    for entity in entities:
        first = max(entity["offset"] - lead, 0)
        last = min(entity["offset"] + entity["length"] - lead, end)
        if last > first:
            kept.append(entity | {"offset": first, "length": last - first})
    return plain, kept


def parse_html(text: str) -> tuple[str, list[Json]]:
    """Plain text and entities of Telegram's HTML; raises `Refused` with Telegram's own words about the fault."""
    reader = _HtmlReader(text)
    while reader.at < len(text):
        reader.step()
    if reader.open:
        tag = reader.open[-1][0]
        raise _cannot_parse(f'Can\'t find end tag corresponding to start tag "{tag}"')
    return "".join(reader.plain), sorted(reader.entities, key=lambda found: (found["offset"], -found["length"]))


def _cannot_parse(why: str) -> Refused:
    return bad_request(f"can't parse entities: {why}")


class _HtmlReader:
    def __init__(self, text: str) -> None:
        self.text, self.at, self.units = text, 0, 0
        self.plain: list[str] = []
        self.entities: list[Json] = []
        self.open: list[tuple[str, int, dict[str, str]]] = []

    def step(self) -> None:
        if self.text.startswith("</", self.at):
            self._end_tag()
        elif self.text[self.at] == "<":
            self._start_tag()
        elif found := _CHARACTER.match(self.text, self.at):
            self._keep(_character(found), found.end())
        else:
            nearest = [place for mark in "<&" if (place := self.text.find(mark, self.at + 1)) > 0]
            end = min(nearest, default=len(self.text))
            self._keep(self.text[self.at : end], end)

    def _keep(self, piece: str, end: int) -> None:
        self.plain.append(piece)
        self.units += utf16_length(piece)
        self.at = end

    def _name(self, start: int) -> str:
        found = _NAME.match(self.text, start)
        return found.group().lower() if found else ""

    @property
    def _offset(self) -> str:
        return f"at byte offset {len(self.text[: self.at].encode())}"

    def _start_tag(self) -> None:
        name = self._name(self.at + 1)
        after = self.at + 1 + len(name)
        if after == len(self.text):
            raise _cannot_parse(f"Unclosed start tag {self._offset}")
        if name not in _ENTITY_OF_TAG:
            raise _cannot_parse(f'Unsupported start tag "{name}" {self._offset}')
        rest = _REST_OF_TAG.match(self.text, after)
        if rest is None:
            raise _cannot_parse(f'Unclosed start tag "{name}" {self._offset}')
        attributes = {key.lower(): value.strip("\"'") for key, value in _ATTRIBUTE.findall(rest.group(1))}
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _cannot_parse(f'Tag "span" must have class "tg-spoiler" {self._offset}')
        self.open.append((name, self.units, attributes))
        self.at = rest.end()

    def _end_tag(self) -> None:
        if not self.open:
            raise _cannot_parse(f"Unexpected end tag {self._offset}")
        name = self._name(self.at + 2)
        rest = _REST_OF_END_TAG.match(self.text, self.at + 2 + len(name))
        if rest is None:
            raise _cannot_parse(f"Unclosed end tag {self._offset}")
        started, offset, attributes = self.open.pop()
        if name and name != started:
            why = f'Unmatched end tag {self._offset}, expected "</{started}>", found "</{name}>"'
            raise _cannot_parse(why)
        self._close(started, offset, attributes)
        self.at = rest.end()

    def _close(self, tag: str, offset: int, attributes: dict[str, str]) -> None:
        entity: Json = {"type": _ENTITY_OF_TAG[tag], "offset": offset, "length": self.units - offset}
        if tag == "a":
            entity["url"] = attributes.get("href", "")
        if tag == "tg-emoji":
            entity["custom_emoji_id"] = attributes.get("emoji-id", "")
        if tag == "blockquote" and "expandable" in attributes:
            entity["type"] = "expandable_blockquote"
        if entity["length"] and (tag != "a" or entity["url"]):
            self.entities.append(entity)


def _character(found: re.Match[str]) -> str:
    name, decimal, hexadecimal = found.groups()
    if name:
        return _NAMED_CHARACTERS[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else found.group()


def check_markup(markup: Any, *, inline_only: bool = False) -> Json | None:
    """A reply markup as kept, or None; `inline_only` is the rule of edits. At most 100 buttons, 8 in a row."""
    if not markup:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if inline_only and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    _check_placeholder(markup.get("input_field_placeholder"))
    rows = markup.get("inline_keyboard", markup.get("keyboard", []))
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse reply keyboard markup JSON object")
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_BUTTONS_IN_A_ROW for row in rows):
        raise bad_request("reply markup is too long")
    for button in (button for row in markup.get("inline_keyboard", []) for button in row):
        _check_inline_button(button)
    return markup if any(rows) or not {"inline_keyboard", "keyboard"} & set(markup) else None


def _check_placeholder(placeholder: str | None) -> None:
    if placeholder is not None and not 1 <= len(placeholder) <= 64:
        raise bad_request("REPLY_MARKUP_INVALID")


def _check_inline_button(button: Json) -> None:
    if not button.get("text"):
        raise bad_request("inline keyboard button text must be non-empty")
    kinds = [kind for kind in ("callback_data", "url", "copy_text", "web_app", "pay") if kind in button]
    if len(kinds) != 1:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if button.get("style") not in (None, "danger", "success", "primary"):
        raise bad_request("can't parse inline keyboard button: invalid button style specified")
    if kinds == ["callback_data"] and not 1 <= len(button["callback_data"].encode()) <= LONGEST_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if kinds == ["copy_text"] and not 1 <= len(button["copy_text"].get("text", "")) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if kinds == ["url"]:
        _check_url(button["url"])


def _check_url(url: str) -> None:
    parts = urlsplit(url if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", url) else f"http://{url}")
    if parts.scheme not in ("http", "https", "tg"):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if parts.scheme != "tg" and "." not in (parts.hostname or ""):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def check_callback_answer(text: str) -> str:
    if len(text) > LONGEST_CALLBACK_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    return text


def check_deletable(sent: datetime, now: datetime) -> None:
    if now - sent >= DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")


def check_message_ids(ids: Any) -> list[int]:
    """The ids of deleteMessages: up to 100 numbers, each positive."""
    if not isinstance(ids, list):
        raise bad_request("message identifiers are not specified")
    if len(ids) > 100:
        raise bad_request("too many message identifiers specified")
    if not all(isinstance(one, int) and one > 0 for one in ids):
        raise bad_request("invalid message identifier specified")
    return ids


def check_language(code: str) -> str:
    if code and not re.fullmatch("[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


def check_commands(commands: Any) -> list[Json]:
    if not isinstance(commands, list):
        raise bad_request("commands list must be specified")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch("[a-z0-9_]{1,32}", command.get("command", "")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return commands


def check_profile(field: str, text: str) -> str:
    """`field` is name, description or short_description."""
    if len(text) > PROFILE_LIMITS[field]:
        raise bad_request(f"bot {field.replace('_', ' ')} is too long")
    return text


def check_secret_token(token: str) -> str:
    if len(token) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch("[A-Za-z0-9_-]*", token):
        raise bad_request("secret token contains unallowed characters")
    return token


def check_upload(size: int, largest: int = LARGEST_UPLOAD) -> None:
    """`size` is in bytes."""
    if not size:
        raise bad_request("file must be non-empty")
    if size > largest:
        raise Refused(413, "Request Entity Too Large")


def webhook_line(kind: str, content: Json) -> tuple[str, int]:
    """The line in which an update waits for the webhook: messages per chat, all else per kind and person."""
    if kind in ("message", "edited_message"):
        return "chat", int(content.get("chat", {}).get("id", 0))
    return kind, int((content.get("from") or {}).get("id", 0))
