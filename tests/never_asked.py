"""What nobody who was hurt is ever asked or told: written down as patterns, each with words it must find.

Basis: Bristol's framework ("it is not your job to judge the situation's likelihood or validity"), police guidance on
first accounts, and what survivors' organisations ask of services. Whether a screen breaks it: `test_never_asked.py`.
The short list of blame in three languages that every build is held to is in `bot/preview/lexicon.py`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

ANYWHERE, QUESTIONS = "anywhere", "questions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Never:
    """One thing that is never asked or said. `finds`: words it is for; `leaves`: words like them that may stand.

    `where`: `QUESTIONS` looks only at what is asked, its hints and its buttons; facts that people read may name it.
    """

    what: str
    pattern: str
    finds: tuple[str, ...]
    leaves: tuple[str, ...] = ()
    where: str = ANYWHERE


NEVER = (
    Never(
        what="why",
        pattern=r"\bwhy\b|\bhow come\b|\bwhat made you\b|\bfor what reason did you\b",
        finds=("Why did you go there?", "Tell us why.", "How come you stayed?", "What made you go with him?"),
        leaves=("What do you think it was about?",),
    ),
    Never(
        what="what somebody wore",
        pattern=r"\b(?:wear|wore|wearing|dressed)\b|\bwhat .*clothes .*(?:on|have)\b",
        finds=("What were you wearing?", "How were you dressed?", "What clothes did you have on?"),
        leaves=("Put clothes in a clean bag. Do not wash them.", "Would you like tips about signs on clothes?"),
    ),
    Never(
        what="what somebody drank or took",
        pattern=r"\b(?:drunk|drinking|alcohol|sober)\b|\byou (?:drink|drank)\b|\bhad you (?:drunk|taken|been)\b",
        finds=("Were you drunk?", "What did you drink?", "Had you taken anything?", "Was there alcohol?"),
        leaves=("If you need to drink or use the toilet, do.",),
    ),
    Never(
        what="earlier sex",
        pattern=r"\b(?:slept|sleep|sex) with (?:him|her|them|anyone|others)\b|\bvirgin\b|\bhad sex\b|\bsex life\b",
        finds=("Have you slept with him before?", "Have you had sex since?", "Were you a virgin?"),
        leaves=("Some services are just for people who sell sex.",),
    ),
    Never(
        what="doubt",
        pattern=r"\bare you (?:really |quite |absolutely )?(?:sure|certain)\b|\breally happen\w*\b"
        r"|\bis (?:that|it) true\b|\balleg\w+\b|\bclaim(?:s|ed|ing)?\b|\bso you say\b",
        finds=("Are you sure?", "Did it really happen?", "Is that true?", "the alleged attack", "You claim that"),
        leaves=("I am not sure", "I have no sure number for it yet."),
    ),
    Never(
        what="whether somebody fought",
        pattern=r"\b(?:did|could|have) (?:you|they) (?:not )?(?:fight|fought|resist\w*|scream\w*|shout\w*|say no"
        r"|said no|run|try to (?:stop|leave)|push (?:him|her|them))\b|\bfight back\b|\bsay no clearly\b",
        finds=("Did you fight?", "Did you say no?", "Could you not run away?", "Did you try to stop him?"),
        leaves=("You have the right to say no.",),
    ),
    Never(
        what="proof",
        pattern=r"\b(?:prove|proves|proven|proof)\b|\bhow do you know\b",
        finds=("Can you prove it?", "Do you have proof?", "How do you know it was hate?"),
    ),
    Never(
        what="details of the acts",
        pattern=r"\bpenetrat\w*|\bejaculat\w*|\bwhere (?:on your body )?did (?:he|she|they) touch\b|\bhow far did\b"
        r"|\bdid (?:he|she|they) (?:touch|force|rape|kiss|undress|use a condom)\b|\bin (?:more )?detail\b"
        r"|\bevery detail\b|\bwhat exactly did (?:he|she|they) do\b|\bwhich part of your body\b",
        finds=(
            "Did he penetrate you?",
            "Where did they touch you?",
            "Did she force you?",
            "Please tell us in detail.",
            "What exactly did they do to you?",
        ),
        leaves=("Only what you want to say. No details are needed.", "What did they do?"),
    ),
    Never(
        what="photos of injuries",
        pattern=r"\b(?:photos?|pictures?|images?) of (?:your |the |any )?(?:injur|bruis|wound|body|mark)\w*",
        finds=("Please send photos of your injuries.", "Do you have pictures of the bruises?"),
        leaves=("Do you have photos, videos or files to send?",),
    ),
    Never(
        what="the name of who did it as a condition",
        pattern=r"\b(?:what is|tell us|tell me|give us|give me|we need) (?:their|his|her|the) (?:full )?name\b"
        r"|\bwhat (?:are they|is (?:he|she)) called\b|\bname of the (?:person|one|man|woman) who (?:did|hurt)\b",
        finds=("What is his name?", "We need their full name.", "Give us the name of the man who did it."),
        leaves=("No name is needed.", "What name should they call you?", "The name of who was hurt"),
    ),
    Never(
        what="immigration",
        pattern=r"\b(?:immigration|visa|passport|residence permit|legal status|asylum claim|leave to remain)\b"
        r"|\bdeport\w*",
        finds=("What is your immigration status?", "Do you have a visa?", "Do you have leave to remain?"),
        leaves=("Asylum housing", "Being a refugee or migrant"),
        where=QUESTIONS,
    ),
    Never(
        what="promises",
        pattern=r"\bwe(?:'ll| will) (?:catch|stop|punish|find|arrest|protect|keep you safe|make sure)\b|\bi promise\b"
        r"|\b(?:nobody|no one) will (?:ever )?(?:know|find out)\b|\bguarantee\w*\b|\b(?:completely|totally) (?:private"
        r"|secret|safe|confidential|anonymous)\b|\byou(?:'re| are|'ll be| will be) safe (?:now|here|with us)\b",
        finds=(
            "We will catch him.",
            "Nobody will know.",
            "I promise.",
            "It is completely secret.",
            "You are safe now.",
        ),
        leaves=("Are you safe right now?", "When you are safe, you can talk to someone.", "They keep this private."),
    ),
    Never(
        what="pressure to report",
        pattern=r"\byou (?:should|must|ought to|have to|need to)(?: really)? (?:report|tell|go to the police|speak)\b"
        r"|\byour duty\b|\bif you do not report\b|\bother (?:people|women|victims) (?:will|may|could) be hurt\b",
        finds=("You should report it.", "You must tell the police.", "It is your duty.", "Other women may be hurt."),
        leaves=("You need not tell the police.", "They must tell the police that something happened."),
    ),
    Never(
        what="blame",
        pattern=r"(?<!not )(?<!never )\byour (?:own )?fault\b|\byou (?:let|allowed|led) (?:him|her|them)\b"
        r"|\bprovok\w*\b|\byou (?:should|could) have\b|\byour behaviou?r\b",
        finds=("It was your fault.", "You let him in.", "Did you provoke them?", "You should have left."),
        leaves=("What they did is not your fault.", "This is not your fault."),
    ),
    Never(
        what="contact with the one who did it",
        pattern=r"(?<!do not )\b(?:talk|speak|write|message|contact|call|meet|text)(?:ing)? (?:to |with )?"
        r"(?:him\b|her\b|your (?:ex|partner|husband|wife|attacker|abuser)|the (?:person|one|man|woman)"
        r" who (?:did|hurt))"
        r"|\bface to face\b|\bforgive\b|\bmake (?:it )?up with\b"
        r"|\b(?:we|staff) (?:can|will|could) (?:talk|speak) to (?:him|the one)",
        finds=("Would you like to talk to him?", "Contact your partner.", "We can speak to the one who did it."),
        leaves=(
            "They would talk to the landlord.",
            "Who would be easier to talk to?",
            "Do not speak to the one who did it.",  # to a worker who was just told
        ),
    ),
)

#: After sexual violence and at home: nobody brings two sides together, and a bot fills in no form of risk (DASH).
NEVER_AFTER_VIOLENCE = (
    Never(
        what="mediation",
        pattern=r"\bmediat\w*|\btwo sides\b|\bboth sides\b|\brestorative\b|\bresolve west\b|\bsay sorry\b",
        finds=(
            "Mediation can help.",
            "It helps two sides talk, only if both want to.",
            "Resolve West: on the internet.",
        ),
    ),
    Never(
        what="a form of risk",
        pattern=r"\b(?:strangl\w*|chok\w*|jealous\w*|suicid\w*|weapons?|knife|threaten\w*|getting worse|stalk\w*"
        r"|pregnant|financial\w*|afraid of (?:him|her|them))\b",
        finds=("Has he ever strangled you?", "Is it getting worse?", "Are you pregnant?", "Are you afraid of them?"),
        leaves=("Would you like to know about pregnancy and HIV?",),
        where=QUESTIONS,
    ),
)


def broken(said: Iterable[str], asked: Iterable[str], rules: Iterable[Never] = NEVER) -> Iterator[str]:
    """A line for each thing that is said or asked and never may be. `asked`: questions, hints and buttons."""
    spoken, put = list(said), list(asked)
    for never in rules:
        for words in put if never.where == QUESTIONS else [*spoken, *put]:
            found = re.search(never.pattern, words.casefold().replace("’", "'"))
            if found:
                yield f"{never.what}: “{found.group()}” in “{words}”"
