"""Telegram in a test: a stateful Bot API server on loopback, and the people who talk to the bot through it.

    async with TelegramWorld.start(clock=clock) as world:       # from tests.telegram_world.server
        amina = world.person("Amina", language_code="ar")
        await amina.says("/start")
        await amina.taps("No")
        await amina.reads("call 999")

`methods` holds the Bot API's methods, `limits` the rules, `world` the state, `people` the persons, `server` the HTTP.

Rules enforced, with Telegram's codes and descriptions. Sources: [api] core.telegram.org/bots/api, [src] read in the
open-source Bot API server or TDLib, [mt] MTProto error names, which the Bot API passes on, [seen] met in other bots'
code, logs and issues but not documented, [ours] Telegram refuses too, or cuts silently, in words that we did not find.

    wrong token                    401 Unauthorized                                                    [api]
    unknown method                 404 Not Found: method not found                                     [seen]
    text 1-4096, caption <= 1024, counted in code points after entity parsing; trimmed                 [api, seen]
    parse_mode HTML                400 can't parse entities: ... at byte offset N; Markdown is not modelled  [src]
    callback_data 1-64 bytes       400 BUTTON_DATA_INVALID                                             [api, mt]
    copy_text 1-256                400 BUTTON_COPY_TEXT_INVALID                                        [api, mt]
    100 buttons, 8 in a row        400 reply markup is too long (numbers: python-telegram-bot)         [seen, src]
    button URLs http, https, tg with a dot in the host (so no tel:, no localhost)                      [seen]
    placeholder 1-64               400 REPLY_MARKUP_INVALID                                            [api, ours]
    same content again             400 message is not modified: ...                                    [src]
    edit of another's message      400 message can't be edited                                         [seen]
    deletion before 48 h           400 message can't be deleted for everyone                           [api, seen]
    deleteMessages 1-100 ids; missing ones are skipped, one that is too old spares all                 [api, seen]
    answerCallbackQuery            text <= 200 (MESSAGE_TOO_LONG); once, within 15 s                   [api, src, seen]
    getFile                        400 file is too big over 20 MB; the path works for 1 h              [api, seen]
    uploads                        50 MB, photos 10 MB: 413 Request Entity Too Large                   [api, seen]
    blocked, kicked, left          403 Forbidden: bot was blocked by the user, ...                     [src, seen]
    never written to the bot       400 chat not found                                                  [seen]
    group became a supergroup      400 with parameters.migrate_to_chat_id                              [api]
    polling twice, or with webhook 409 Conflict: ... (the older poll is the one that ends)             [seen]
    updates kept 24 h, taps 150 s; update_id grows; the three kinds that are off by default are off    [api, src]
    webhook lines: one per chat, taps in another per person; retried with doubling pauses until 2xx    [src]
    commands 100 x (32, 256), name 64, description 512, short 120, two-letter language_code            [api, ours]

Message ids grow by one or more in each chat and repeat between chats, which Telegram's do for groups: never compute
with them. Not modelled: rates (plan a 429 with `world.fails`), Markdown, inline mode, payments, answers given in a
webhook's response, HTTPS of webhooks.
"""
