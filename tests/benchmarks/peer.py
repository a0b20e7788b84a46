"""The usual bot: python-telegram-bot's ConversationHandler with PicklePersistence, asking as many questions as ours.

It keeps answers in the clear and loses up to a minute of them in a crash; it stands here only to be measured beside.
"""

import sys
from pathlib import Path

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

STEPS = 11  # taps and messages after /start, as many as a short report has with us
WORDS_AT = 6  # the step that takes words
KEYBOARD = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Yes", callback_data="yes")], [InlineKeyboardButton("No", callback_data="no")]]
)


async def begin(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    assert update.message is not None
    await update.message.reply_text("Question 0 of the usual bot", reply_markup=KEYBOARD)
    return 0


async def tapped(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    query = update.callback_query
    assert query is not None
    assert context.user_data is not None
    step = len(context.user_data)
    context.user_data[step] = query.data
    await query.answer()
    await query.edit_message_text(f"Question {step + 1} of the usual bot", reply_markup=KEYBOARD)
    return _next(context, step)


async def said(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    assert update.message is not None
    assert context.user_data is not None
    step = len(context.user_data)
    context.user_data[step] = update.message.text
    await update.message.reply_text(f"Question {step + 1} of the usual bot", reply_markup=KEYBOARD)
    return _next(context, step)


def _next(context: ContextTypes.DEFAULT_TYPE, step: int) -> int:
    if step + 1 < STEPS:
        return step + 1
    assert context.user_data is not None
    context.user_data.clear()
    return ConversationHandler.END


def main(api: str, token: str, folder: str) -> None:
    """Poll the Bot API server at `api`."""
    tap, say = CallbackQueryHandler(tapped), MessageHandler(filters.TEXT & ~filters.COMMAND, said)
    states: dict[object, list[object]] = {step: [say if step == WORDS_AT else tap] for step in range(STEPS)}
    conversation = ConversationHandler(
        entry_points=[CommandHandler("start", begin)],
        states=states,  # type: ignore[arg-type]
        fallbacks=[CommandHandler("start", begin)],
        name="usual",
        persistent=True,
        per_message=False,
    )
    application = (
        Application.builder()
        .token(token)
        .base_url(f"{api}/bot")
        .persistence(PicklePersistence(Path(folder, "peer.pickle")))
        .build()
    )
    application.add_handler(conversation)
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:4])
