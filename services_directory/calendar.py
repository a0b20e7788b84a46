"""The bank holidays of England, for opening hours and working days. No clock: the years are passed in."""

from collections.abc import Iterable
from datetime import date

from holidays import country_holidays


def england(years: Iterable[int]) -> frozenset[date]:
    """Every bank holiday of these years, with the days given in lieu of those that fall on a weekend."""
    return frozenset(country_holidays("GB", subdiv="ENG", years=sorted(set(years))))
