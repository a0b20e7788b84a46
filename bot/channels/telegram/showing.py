"""A screen as a Telegram message: its text and its keyboard. Pure."""

from html import escape

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import MessageLimit

from bot.messages import SheetPart, Shown, ShownButton
from dialogs.screen import Tone

MOST = MessageLimit.MAX_TEXT_LENGTH
CUTS = (600, 200, 80, 30, 10)  # characters of each answer on the check screen, so that all of them fit
SIDE_BY_SIDE = 15  # letters of a label that leave room for another beside it on a narrow phone
STYLES = {Tone.PLAIN: None, Tone.MAIN: "primary", Tone.DANGER: "danger"}


def text_of(shown: Shown) -> str:
    """The message in Telegram's HTML, at most 4,096 characters of text."""
    for cut in CUTS:
        words = _text(shown, cut)
        if len(words) <= MOST:
            return words
    return words[: words.rfind("\n", 0, MOST)]


def _text(shown: Shown, cut: int) -> str:
    blocks = [
        f"<i>{escape(shown.notice)}</i>" if shown.notice else "",
        *(escape(words) for words in shown.said),
        *(_sheet(part, cut) for part in shown.sheet),
        f"<code>{escape(shown.copy)}</code>" if shown.copy else "",
        f"<b>{escape(shown.question)}</b>" if shown.question else "",
        escape(shown.hint),
        f"<i>{escape(shown.note)}</i>" if shown.note else "",
    ]
    return "\n\n".join(block for block in blocks if block)


def _sheet(part: SheetPart, cut: int) -> str:
    lines = [
        f"{escape(label)}: {escape(_cut(answer, cut))}" if label else escape(answer) for label, answer in part.lines
    ]
    return "\n".join([f"<b>{escape(part.heading)}</b>", *lines])


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[:most]}…"


def keyboard_of(shown: Shown) -> InlineKeyboardMarkup:
    """Answers, two in a row where they are short, then the bar."""
    copy = [[InlineKeyboardButton(shown.copy, copy_text=CopyTextButton(shown.copy))]] if shown.copy else []
    bar = [[_button(button) for button in row] for row in shown.bar]
    return InlineKeyboardMarkup([*copy, *_answer_rows(shown.buttons), *bar])


def _answer_rows(buttons: tuple[ShownButton, ...]) -> list[list[InlineKeyboardButton]]:
    rows: list[list[InlineKeyboardButton]] = []
    lone: ShownButton | None = None
    for button in buttons:
        pairs = lone is not None and all(len(b.label) <= SIDE_BY_SIDE and b.tone is Tone.PLAIN for b in (lone, button))
        if pairs:
            rows[-1].append(_button(button))
            lone = None
        else:
            rows.append([_button(button)])
            lone = button
    return rows


def _button(button: ShownButton) -> InlineKeyboardButton:
    label = f"✓ {button.label}" if button.marked else button.label
    return InlineKeyboardButton(label, callback_data=button.data, style=STYLES[button.tone])
