"""The answers of the equality questions: the groups of the Census of 2021 in England and Wales."""

from dialogs.choices import Option

AGES = (
    Option("under-13", "Under 13"),
    Option("13-15", "13 to 15"),
    Option("16-17", "16 or 17"),
    Option("18-24", "18 to 24"),
    Option("25-34", "25 to 34"),
    Option("35-44", "35 to 44"),
    Option("45-54", "45 to 54"),
    Option("55-64", "55 to 64"),
    Option("65-over", "65 or over"),
)
UNDER_16 = frozenset({"under-13", "13-15"})  # the Census asks them neither about orientation nor about gender at birth

GENDERS = (
    Option("woman", "Woman or girl"),
    Option("man", "Man or boy"),
    Option("non-binary", "Non-binary"),
    Option("other", "Something else"),
)
SEXES = (Option("female", "Female"), Option("male", "Male"))
ORIENTATIONS = (
    Option("straight", "Straight or heterosexual"),
    Option("gay-lesbian", "Gay or lesbian"),
    Option("bisexual", "Bisexual"),
    Option("other", "Something else"),
)
RELIGIONS = (
    Option("none", "No religion"),
    Option("christian", "Christian"),
    Option("buddhist", "Buddhist"),
    Option("hindu", "Hindu"),
    Option("jewish", "Jewish"),
    Option("muslim", "Muslim"),
    Option("sikh", "Sikh"),
    Option("other", "Another religion"),
)
ACTIVITIES = (
    Option("lot", "Yes, a lot"),
    Option("little", "Yes, a little"),
    Option("no", "No"),
)

ETHNIC_GROUPS = (
    Option("asian", "Asian or Asian British"),
    Option("black", "Black or Black British"),
    Option("mixed", "Mixed"),
    Option("white", "White"),
    Option("other", "Another group"),
)
ETHNIC: dict[str, tuple[Option, ...]] = {
    "asian": (
        Option("indian", "Indian"),
        Option("pakistani", "Pakistani"),
        Option("bangladeshi", "Bangladeshi"),
        Option("chinese", "Chinese"),
        Option("other-asian", "Another Asian background"),
    ),
    "black": (
        Option("caribbean", "Caribbean"),
        Option("african", "African"),
        Option("other-black", "Another Black background"),
    ),
    "mixed": (
        Option("white-black-caribbean", "White and Black Caribbean"),
        Option("white-black-african", "White and Black African"),
        Option("white-asian", "White and Asian"),
        Option("other-mixed", "Another mixed background"),
    ),
    "white": (
        Option("british", "English, Welsh or British"),
        Option("irish", "Irish"),
        Option("gypsy-traveller", "Gypsy or Irish Traveller"),
        Option("roma", "Roma"),
        Option("other-white", "Another White background"),
    ),
    "other": (
        Option("arab", "Arab"),
        Option("any-other", "Any other background"),
    ),
}

LANGUAGES = (
    Option("en", "English"),
    Option("pl", "Polish"),
    Option("ro", "Romanian"),
    Option("pa", "Panjabi"),
    Option("ur", "Urdu"),
    Option("ar", "Arabic"),
    Option("pt", "Portuguese"),
    Option("es", "Spanish"),
    Option("bn", "Bengali or Sylheti"),
    Option("so", "Somali"),
    Option("ku", "Kurdish"),
    Option("fa", "Persian or Dari"),
    Option("ps", "Pashto"),
    Option("ti", "Tigrinya"),
    Option("am", "Amharic"),
    Option("uk", "Ukrainian"),
    Option("zh", "Chinese"),
    Option("bsl", "British Sign Language"),
    Option("other", "Another language"),
)
