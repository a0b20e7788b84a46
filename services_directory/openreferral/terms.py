"""Our codes as taxonomies: one for each closed or open list a service is sorted by, and what each code is called."""

from services_directory.openreferral.ids import uid

Record = dict[str, object]

TAXONOMIES = {
    "kinds": "What a service helps with.",
    "communities": "Communities that a service is for.",
    "genders": "Genders that a service is for. None named: everyone.",
    "access": "How people can reach and use a service.",
    "only_for": "When a service may be suggested at all.",
    "roles": "What an organisation does with reports of hate.",
}
CALLED = {
    "lgbt": "LGBT+",
    "health-sarc": "Sexual assault referral centre",
    "bsl": "British Sign Language",
    "text": "By text",
    "step-free": "Step-free access",
    "easy-read": "Easy Read",
    "home-visit": "Home visits",
    "partner": "Only where a partner or former partner is meant",
    "safe-phone": "Only on a phone nobody else checks",
    "gypsy-roma-traveller": "Gypsy, Roma and Traveller",
    "emergency": "Emergency",
    "app": "App",
}


def called(code: str) -> str:
    """What a code is called in English."""
    return CALLED.get(code) or code.replace("-", " ").capitalize()


def taxonomy_id(taxonomy: str) -> str:
    return uid("taxonomy", taxonomy)


def term_id(taxonomy: str, code: str) -> str:
    return uid("term", taxonomy, code)


def taxonomy_record(taxonomy: str) -> Record:
    """One of `TAXONOMIES`."""
    name = f"Saysafe {taxonomy.replace('_', ' ')}"
    return {"id": taxonomy_id(taxonomy), "name": name, "description": TAXONOMIES[taxonomy]}


def term_record(taxonomy: str, code: str) -> Record:
    """One code of one of `TAXONOMIES`."""
    name = called(code)
    return {
        "id": term_id(taxonomy, code),
        "code": code,
        "name": name,
        "term": name,
        "description": f"{TAXONOMIES[taxonomy]} {name}.",
        "taxonomy": f"Saysafe {taxonomy.replace('_', ' ')}",
        "taxonomy_id": taxonomy_id(taxonomy),
        "language": "en",
    }
