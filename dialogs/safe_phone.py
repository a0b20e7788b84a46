"""Whether anybody else looks at this phone: asked once on a way, before an app, a link or a telling name."""

from dialogs.choices import Choice, Option
from dialogs.script import SoFar

PHONE_SEEN = "phone_seen"
_SEEN = (Option("no", "No"), Option("yes", "Yes"), Option("unsure", "I am not sure"))


async def phone_is_safe() -> bool:
    """True only for a plain "no"; an answer given before is not asked for again."""
    for answered in await SoFar():
        if answered.question.id == PHONE_SEEN:
            return bool(answered.stored == "no")
    return await Choice(PHONE_SEEN, "Does anyone else look at this phone?", _SEEN) == "no"
