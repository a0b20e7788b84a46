"""The card for words of crisis: whom to call at once, what helps now, and the way back. It never asks for more."""

from collections.abc import Mapping

from dialogs.cards import EMERGENCY, contacts
from dialogs.crisis import Card, Kind, Stage
from dialogs.overlays import LOCALE, exit_clears
from dialogs.screen import CARRY_ON, CARRY_ON_BUTTON, Button, Screen, Tone, bar
from dialogs.texts import NOTHING, Text, text
from services_directory.model import Directory

NOW, NOT_NOW = "!crisis-now", "!crisis-not-now"
HEARD = text("I have read your words. They are not kept as an answer.")

_CANNOT_CALL = text("I cannot call for you.")
_BY_TEXT = text("If you cannot hear or speak, text 999 from a registered phone.")
_CALL_NOW = text("Call 999 now.")
_TO_PEOPLE = text("If you can, go where other people are.")
_NOT_YOUR_FAULT = text("This is not your fault.")
_OTHER_PHONE = text("Use a phone that nobody else can check.")

_ADVICE: Mapping[Kind, tuple[Text, ...]] = {
    Kind.DANGER: (_TO_PEOPLE,),
    Kind.WEAPON: (_TO_PEOPLE,),
    Kind.INJURY: (
        text("Ask for an ambulance."),
        text("After pills, or hands on the neck, always see a doctor. Harm can come later."),
    ),
    Kind.SUICIDE: (text("I am glad you told me."),),
    Kind.ATTACK: (text("Go away from there if you can. Call 999 from a safe place."),),
    Kind.GONE: (text("To hide now, tap Exit, or type the word exit."),),
    Kind.CHILD: (
        text("I send nothing by myself."),
        text("But who reads a report may have to act to keep a child safe."),
    ),
    Kind.RAPE: (
        _NOT_YOUR_FAULT,
        text("Health care needs no police."),
        text("If you can, keep your clothes unwashed."),
    ),
    Kind.THREAT: (
        text("If someone may get hurt, call 999."),
        text("I cannot help with that. You can talk to someone now."),
    ),
    Kind.HELD: (_NOT_YOUR_FAULT, text("Do not tell the person who holds you that you ask for help.")),
    Kind.MARRIAGE: (
        text("Do not tell anyone in your family."),
        text("Tell a friend you trust. Say when your family wants you to travel."),
    ),
    Kind.FGM: (
        text("The law here forbids it."),
        text("Do not tell those who plan it. A doctor or a teacher can help."),
    ),
    Kind.PARTNER: (),
    Kind.HOMELESS: (text("Ask your council for a place tonight."),),
}
_CONTACTS: Mapping[Kind, tuple[str, ...]] = {
    Kind.DANGER: ("999-bsl",),
    Kind.WEAPON: ("999-bsl",),
    Kind.SUICIDE: ("samaritans",),
    Kind.CHILD: ("childline",),
    Kind.RAPE: ("victim-support", "childline"),
    Kind.THREAT: ("samaritans",),
    Kind.HELD: ("modern-slavery-helpline",),
    Kind.MARRIAGE: ("karma-nirvana", "forced-marriage-unit", "childline"),
    Kind.FGM: ("childline",),
    Kind.PARTNER: ("national-domestic-abuse-helpline", "mens-advice-line", "galop", "childline"),
    Kind.HOMELESS: ("shelter",),
}
_FOR_THE_YOUNG = "childline"

_IS_IT_NOW = text("Is this happening now?")
_IT_IS = Button(tap=NOW, label=text("It is happening now"), tone=Tone.DANGER)
_IT_IS_NOT = Button(tap=NOT_NOW, label=text("Not now"), tone=Tone.MAIN)
_SAFE_THIS_MINUTE = text("Are you safe this minute?")
_I_AM_NOT = Button(tap=NOW, label=text("I am not safe"), tone=Tone.DANGER)
_I_AM = Button(tap=CARRY_ON, label=text("I am safe for now"), tone=Tone.MAIN)
_IS_THE_PHONE_SAFE = text("Can anyone else read this phone?")
_THEY_CAN = Button(tap=NOW, label=text("Yes, or I am not sure"), tone=Tone.DANGER)
_THEY_CANNOT = Button(tap=CARRY_ON, label=text("No, only me"), tone=Tone.MAIN)


def crisis_screen(card: Card, directory: Directory, channel: str, languages: Mapping[str, str]) -> Screen:
    """The card. `languages`: those to choose from, with their own names; empty once one was chosen."""
    asked, buttons = _asked(card)
    tongues = (Button(tap=f"{LOCALE}{tag}", label=text("{name}", name=name)) for tag, name in languages.items())
    return Screen(
        key=card.key,
        said=(*_first(card), *_advice(card, channel), *_numbers(card, directory)),
        question=asked,
        buttons=(*buttons, *tongues),
        bar=() if languages else bar(),
    )


def _first(card: Card) -> tuple[Text, ...]:
    """Whom to call, by which way, and that nobody here can do it instead."""
    now = (_CALL_NOW,) if card.stage is Stage.NOW and card.kind not in (Kind.PARTNER, Kind.INJURY) else ()
    return (*now, EMERGENCY, _CANNOT_CALL, _BY_TEXT)


def _advice(card: Card, channel: str) -> tuple[Text, ...]:
    if card.kind is Kind.GONE:
        return (*_ADVICE[Kind.GONE], exit_clears(channel))
    if card.kind is Kind.PARTNER and card.stage is Stage.NOW:
        return (_OTHER_PHONE, exit_clears(channel))
    return _ADVICE[card.kind]


def _numbers(card: Card, directory: Directory) -> tuple[Text, ...]:
    ids = _CONTACTS.get(card.kind, ())
    if card.young:
        ids = (_FOR_THE_YOUNG, *(id for id in ids[:1] if id != _FOR_THE_YOUNG))
    lines = tuple(contacts(directory, *ids))
    return (*lines, *_press_two(directory)) if card.kind is Kind.SUICIDE and not card.young else lines


def _press_two(directory: Directory) -> tuple[Text, ...]:
    """The health line for the mind, as far as the directory shows it."""
    known = (service for service in directory.services_for(None) if service.id == "nhs-111-option-2")
    return tuple(
        text("{name}: call {phone}, then press 2.", name=service.name, phone=service.phone.display)
        for service in known
        if service.phone
    )


def _asked(card: Card) -> tuple[Text, tuple[Button, ...]]:
    if card.stage is Stage.NOW:
        return NOTHING, (CARRY_ON_BUTTON,)
    if card.stage is Stage.ASKS:
        return _IS_IT_NOW, (_IT_IS, _IT_IS_NOT)
    if card.kind is Kind.SUICIDE:
        return _SAFE_THIS_MINUTE, (_I_AM_NOT, _I_AM)
    if card.kind is Kind.PARTNER:
        return _IS_THE_PHONE_SAFE, (_THEY_CAN, _THEY_CANNOT)
    return NOTHING, (CARRY_ON_BUTTON,)
