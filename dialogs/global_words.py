"""The words that work wherever they are typed, in every language. `DIALOGS` are in `registry.py`."""

from dialogs.texts import Text, text

# Translators: these are words that people type. Give as many of your own as you like, with commas between them;
# short and common ones, in every spelling. The numbers stay. Nothing here is ever shown.
GLOBAL_WORDS: dict[str, Text] = {
    # Translators: leave at once, clear the chat and delete the answers. "Hide", "leave" and their like; not "the end",
    # which people write under a story.
    "exit": text("exit, quit, stop, hide, leave"),
    # Translators: somebody is in danger or needs a person.
    "help": text("help, emergency, sos, 999, 112"),
    # Translators: to the question before this one.
    "back": text("back, go back"),
    # Translators: no answer to this question.
    "skip": text("skip, next"),
    # Translators: another language. The word "language" in your language. Not its own name, which may be an answer.
    "language": text("language, languages"),
    # Translators: what is kept about me.
    "privacy": text("privacy, private"),
    # Translators: begin again.
    "start": text("start, menu, start again"),
}
