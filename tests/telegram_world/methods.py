"""The Bot API's methods, each a change of the world; what they refuse stands in `limits`, HTTP in `server`."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.telegram_world.limits import (
    CHAT_ACTIONS,
    LARGEST_PHOTO,
    LARGEST_UPLOAD,
    Json,
    bad_request,
    check_callback_answer,
    check_caption,
    check_commands,
    check_language,
    check_markup,
    check_message_ids,
    check_profile,
    check_text,
    check_upload,
)
from tests.telegram_world.world import Message, World


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file of a multipart request."""

    name: str
    data: bytes = field(repr=False)


Method = Callable[[World, Json], Any]


def _content(world: World, p: Json) -> Json:
    """What every send method shares: markup, protection, the message replied to."""
    chat = world.writable_chat(p.get("chat_id"))
    content: Json = {"has_protected_content": True} if p.get("protect_content") else {}
    if reply := (p.get("reply_parameters") or {}).get("message_id"):
        content["reply_to_message"] = world.message_of(chat, reply, "message to be replied").body
    markup = check_markup(p.get("reply_markup"))
    if markup and "inline_keyboard" in markup:
        return content | {"reply_markup": markup}
    if markup and ("keyboard" in markup or "remove_keyboard" in markup):
        chat.keyboard = markup if "keyboard" in markup else None
    return content


def _body(kind: str, checked: tuple[str, list[Json]]) -> Json:
    text, entities = checked
    names = {"text": "entities", "caption": "caption_entities"}
    return {kind: text} | ({names[kind]: entities} if entities else {}) if text else {}


def _post(world: World, p: Json, content: Json) -> Json:
    return world.post(world.chats[p["chat_id"]], content, sender=world.bot).body


def send_message(world: World, p: Json) -> Json:
    world.writable_chat(p.get("chat_id"))
    text = _body("text", check_text(p.get("text", ""), p))
    return _post(world, p, _content(world, p) | text)


def _send_file(world: World, p: Json, kind: str, largest: int) -> tuple[Json, Json]:
    content = _content(world, p) | _body("caption", check_caption(p.get("caption", ""), p))
    given = p.get(kind)
    if isinstance(given, str) and given.startswith("attach://"):
        given = p.get(given.removeprefix("attach://"))
    if isinstance(given, Upload):
        check_upload(len(given.data), largest)
        stored = world.store(given.data, f"{kind}s", f"_{given.name}")
    elif given in world.files:
        stored = world.files[str(given)]
    else:
        raise bad_request(f"there is no {kind} in the request")
    about = {"file_id": stored.file_id, "file_unique_id": stored.file_id[-12:], "file_size": len(stored.data)}
    return content, about | ({"file_name": given.name} if isinstance(given, Upload) else {})


def send_document(world: World, p: Json) -> Json:
    content, about = _send_file(world, p, "document", LARGEST_UPLOAD)
    return _post(world, p, content | {"document": about})


def send_photo(world: World, p: Json) -> Json:
    content, about = _send_file(world, p, "photo", LARGEST_PHOTO)
    about.pop("file_name", None)
    return _post(world, p, content | {"photo": [about | {"width": 1280, "height": 853}]})


def _editable(world: World, p: Json) -> Message:
    message = world.message_of(world.writable_chat(p.get("chat_id")), p.get("message_id"), "message to edit")
    if not message.by_bot:
        raise bad_request("message can't be edited")
    return message


def _remarked(body: Json, p: Json) -> Json:
    markup = check_markup(p.get("reply_markup"), inline_only=True)
    kept = {key: value for key, value in body.items() if key != "reply_markup"}
    return kept | ({"reply_markup": markup} if markup else {})


def edit_message_text(world: World, p: Json) -> Json:
    message = _editable(world, p)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    text = _body("text", check_text(p.get("text", ""), p))
    body = {key: value for key, value in message.body.items() if key != "entities"}
    return world.edit(message, _remarked(body, p) | text).body


def edit_message_reply_markup(world: World, p: Json) -> Json:
    message = _editable(world, p)
    return world.edit(message, _remarked(message.body, p)).body


def delete_message(world: World, p: Json) -> bool:
    chat = world.chat_with(p.get("chat_id"))
    world.delete(chat, [world.message_of(chat, p.get("message_id"), "message to delete")])
    return True


def delete_messages(world: World, p: Json) -> bool:
    chat = world.chat_with(p.get("chat_id"))
    ids = dict.fromkeys(check_message_ids(p.get("message_ids")))
    world.delete(chat, [chat.messages[one] for one in ids if one in chat.messages])
    return True


def answer_callback_query(world: World, p: Json) -> bool:
    text = check_callback_answer(p.get("text", ""))
    world.answer(p.get("callback_query_id"), text, bool(p.get("show_alert")))
    return True


def send_chat_action(world: World, p: Json) -> bool:
    chat = world.writable_chat(p.get("chat_id"))
    if p.get("action") not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.actions.append(p["action"])
    return True


def get_file(world: World, p: Json) -> Json:
    stored = world.fetch(p.get("file_id"))
    about = {"file_id": stored.file_id, "file_unique_id": stored.file_id[-12:], "file_size": len(stored.data)}
    return about | {"file_path": stored.path}


def get_chat(world: World, p: Json) -> Json:
    types = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    more = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(types, False)}
    return world.chat_with(p.get("chat_id")).about | more


def leave_chat(world: World, p: Json) -> bool:
    chat = world.writable_chat(p.get("chat_id"))
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_status = "left"
    return True


def _commands_key(p: Json) -> str:
    return json.dumps([p.get("scope") or {"type": "default"}, check_language(p.get("language_code", ""))])


def set_my_commands(world: World, p: Json) -> bool:
    world.commands[_commands_key(p)] = check_commands(p.get("commands"))
    return True


def get_my_commands(world: World, p: Json) -> list[Json]:
    return world.commands.get(_commands_key(p), [])


def delete_my_commands(world: World, p: Json) -> bool:
    world.commands.pop(_commands_key(p), None)
    return True


def _setter(field_name: str) -> Method:
    def set_it(world: World, p: Json) -> bool:
        key = (field_name, check_language(p.get("language_code", "")))
        world.profile[key] = check_profile(field_name, p.get(field_name, ""))
        return True

    return set_it


def _getter(field_name: str) -> Method:
    def get_it(world: World, p: Json) -> Json:
        own, common = ((field_name, code) for code in (check_language(p.get("language_code", "")), ""))
        fallback = world.bot["first_name"] if field_name == "name" else ""
        return {field_name: world.profile.get(own) or world.profile.get(common) or fallback}

    return get_it


def set_chat_menu_button(world: World, p: Json) -> bool:
    button = p.get("menu_button") or {"type": "default"}
    if button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("MenuButton has unsupported type")
    world.menu_buttons[p.get("chat_id")] = button
    return True


def get_chat_menu_button(world: World, p: Json) -> Json:
    return world.menu_buttons.get(p.get("chat_id"), world.menu_buttons.get(None, {"type": "commands"}))


def get_me(world: World, _: Json) -> Json:
    able = {"can_join_groups": True, "can_read_all_group_messages": world.reads_groups}
    return world.bot | able | {"supports_inline_queries": False}


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendChatAction": send_chat_action,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "answerCallbackQuery": answer_callback_query,
    "getFile": get_file,
    "getChat": get_chat,
    "leaveChat": leave_chat,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
