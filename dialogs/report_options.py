"""The answers a report offers to tap, most common first. Codes are kept and counted, labels are only shown."""

from dialogs.choices import Option

ROLES = (
    Option("self", "It happened to me"),
    Option("witness", "I saw or heard it"),
    Option("for-someone", "I am telling for someone"),
    Option("worker", "I work with that person"),
)
WITNESS, WORKER = "witness", "worker"
FOR_OTHERS = frozenset({"for-someone", WORKER})
AGREES = (Option("yes", "Yes"), Option("no", "No"), Option("cannot", "I cannot ask"))
TIES = (
    Option("partner", "Their partner"),
    Option("family", "Their family"),
    Option("friend", "A friend"),
    Option("neighbour", "A neighbour"),
    Option("carer", "Someone who cares for them"),
    Option("school-work", "From school or work"),
    Option("other", "Someone else"),
)

TYPES = (
    Option("verbal", "Shouting or insults"),
    Option("threat", "Threats"),
    Option("attack", "Hitting, kicking or pushing"),
    Option("followed", "Following or stalking"),
    Option("online", "Online or social media"),
    Option("messages", "Calls, texts or emails"),
    Option("damage", "Things were damaged"),
    Option("graffiti", "Hateful writing or pictures"),
    Option("spitting", "Spitting or throwing things"),
    Option("gesture", "Hateful signs with the hands"),
    Option("group", "A group scaring people"),
    Option("bullying", "Bullying"),
    Option("neighbours", "Trouble with neighbours"),
    Option("noise", "Noise made to upset"),
    Option("rubbish", "Rubbish or waste left"),
    Option("letters", "Letters, leaflets or posters"),
    Option("theft", "Theft or robbery"),
    Option("fire", "Fire"),
    Option("refused", "Refused service, unfair rules"),
    Option("eviction", "Pushed to leave home"),
    Option("complaints", "False complaints"),
    Option("emotional", "Made to feel worthless"),
    Option("family-control", "Control by family"),
    Option("mate", "Used by a false friend"),
    Option("exploitation", "Forced to work or do things"),
    Option("sexual-words", "Sexual words or messages"),
    Option("sexual-touching", "Sexual touching or assault"),
    Option("sexual-images", "Sexual pictures"),
    Option("exposure", "Showing private body parts"),
    Option("other", "Something else"),
)
WORDED = frozenset(
    {"verbal", "threat", "online", "messages", "graffiti", "letters", "bullying", "group", "gesture", "sexual-words"}
)
DAMAGING = frozenset({"damage", "graffiti", "fire", "theft", "rubbish"})
SEXUAL = frozenset({"sexual-words", "sexual-touching", "sexual-images", "exposure"})

HOURS = (
    Option("morning", "Morning, 6 to 12"),
    Option("afternoon", "Afternoon, 12 to 5"),
    Option("evening", "Evening, 5 to 10"),
    Option("night", "Night, 10 to 6"),
    Option("unsure", "I am not sure"),
)
REPEATED = (
    Option("first", "No, this was the first time"),
    Option("few", "Yes, once or twice before"),
    Option("many", "Yes, many times"),
    Option("unsure", "I am not sure"),
)
HOW_OFTEN = (
    Option("daily", "Nearly every day"),
    Option("weekly", "Every week"),
    Option("monthly", "Every month"),
    Option("less", "Less often"),
)

PLACES = (
    Option("home", "At home, inside"),
    Option("outside-home", "Outside the home, at the door"),
    Option("shared-areas", "Stairs, lift or shared garden"),
    Option("street", "In the street"),
    Option("transport", "Bus, train, tram or stop"),
    Option("online", "Online or by phone"),
    Option("shop", "In a shop"),
    Option("school", "School, college or university"),
    Option("work", "At work"),
    Option("park", "In a park"),
    Option("pub", "Pub, club or restaurant"),
    Option("hostel", "Hostel or supported home"),
    Option("asylum", "Asylum housing"),
    Option("temporary", "Temporary housing"),
    Option("sleeping-out", "Where someone sleeps outside"),
    Option("neighbour", "At a neighbour's home"),
    Option("health", "Hospital, doctor or care home"),
    Option("worship", "Place of worship"),
    Option("taxi", "Taxi"),
    Option("council", "Council or police office"),
    Option("sports", "Sports place or match"),
    Option("cruising", "Cruising area"),
    Option("other", "Somewhere else"),
)
HOME_PLACES = frozenset({
    "home", "outside-home", "shared-areas", "hostel", "asylum", "temporary", "sleeping-out",
})  # fmt: skip

STRANDS = (
    Option("race", "Race or skin colour"),
    Option("nationality", "Country or nationality"),
    Option("religion", "Religion or belief"),
    Option("disability", "Disability or health"),
    Option("orientation", "Being gay, lesbian or bi"),
    Option("transgender", "Being trans"),
    Option("traveller", "Being Gypsy, Roma, Traveller"),
    Option("migrant", "Being a refugee or migrant"),
    Option("language", "The language we speak"),
)
LOCAL_STRANDS: dict[str, Option] = {
    "gender": Option("gender", "Being a woman, man, non-binary"),
    "age": Option("age", "Age"),
    "subculture": Option("subculture", "Style or subculture"),
    "sex-work": Option("sex-work", "Selling sex"),
}
OTHER_STRANDS = (
    Option("link", "A friend or family member"),
    Option("other", "Something else"),
    Option("none", "Nothing like that"),
    Option("unsure", "I am not sure"),
)
AGES = (
    Option("under-13", "Under 13"),
    Option("13-15", "13 to 15"),
    Option("16-17", "16 or 17"),
    Option("adult", "18 or over"),
    Option("unsure", "I am not sure"),
)
ADULT = "adult"
CHILD_AGES = frozenset({"under-13", "13-15", "16-17"})
RELATIONS = (
    Option("stranger", "A stranger"),
    Option("neighbour", "A neighbour"),
    Option("same-building", "Someone in the same building"),
    Option("group", "A group"),
    Option("work", "Someone at work"),
    Option("school", "Someone at school"),
    Option("partner", "A partner or ex-partner"),
    Option("family", "Family"),
    Option("friend", "A friend or someone known"),
    Option("landlord", "The landlord or their staff"),
    Option("carer", "A carer, officer or staff"),
    Option("online", "Someone online"),
)
NEIGHBOURS = frozenset({"neighbour", "same-building"})
AT_HOME = frozenset({"partner", "family"})

HURT = (
    Option("nobody", "Nobody was hurt"),
    Option("small", "A small injury"),
    Option("doctor", "An injury that needs a doctor"),
    Option("hospital", "In hospital"),
    Option("mind", "Fear, bad sleep or worry"),
)
DAMAGE = (
    Option("building", "A door, wall or window"),
    Option("vehicle", "A car or bike"),
    Option("belongings", "Other things"),
    Option("taken", "Something was taken"),
    Option("fire", "Burnt things"),
    Option("none", "Nothing"),
)
SEEN = (
    Option("person", "A person"),
    Option("camera", "A camera nearby"),
    Option("nobody", "Nobody that I know of"),
)


def band(age: object) -> str:
    """The band of ages to look for help with; "" where nobody knows or said."""
    return "" if age in (None, "unsure") else str(age)
