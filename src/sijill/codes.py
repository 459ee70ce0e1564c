"""The codes of the record: what kind a claim, a count, a name or a word is, how firmly it is said, how exact it is.

Source: the annotation guidelines, whose JSON form is the contract.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["ClaimType", "CountKind", "CountWho", "MentionKind", "Modality", "Precision", "WordKind"]


class ClaimType(StrEnum):
    """What kind of event a claim tells."""

    ARMED_CLASH = "armed_clash"
    TERRITORY_GAINED = "territory_gained"
    WITHDRAWAL = "withdrawal"
    OFFENSIVE = "offensive"
    AIR_STRIKE = "air_strike"
    SHELLING = "shelling"
    EXPLOSION = "explosion"
    SUICIDE_ATTACK = "suicide_attack"
    PROHIBITED_WEAPON = "prohibited_weapon"
    KILLING = "killing"
    CASUALTIES = "casualties"
    ABDUCTION = "abduction"
    DETENTION = "detention"
    ABUSE = "abuse"
    DESTRUCTION = "destruction"
    DISPLACEMENT = "displacement"
    SURRENDER = "surrender"
    RELEASE = "release"
    SIEGE = "siege"
    AGREEMENT = "agreement"
    PROTEST = "protest"
    INTERCEPTION = "interception"


class CountKind(StrEnum):
    """What befell the people of a count."""

    KILLED = "killed"
    INJURED = "injured"
    KILLED_OR_INJURED = "killed_or_injured"
    MISSING = "missing"
    ABDUCTED = "abducted"
    DETAINED = "detained"
    RELEASED = "released"
    DISPLACED = "displaced"
    RETURNED = "returned"
    SURRENDERED = "surrendered"
    BESIEGED = "besieged"
    FIGHTERS_DEPLOYED = "fighters_deployed"
    OTHER_PEOPLE = "other_people"


class CountWho(StrEnum):
    """Who the people of a count are, by the word that the text uses."""

    CIVILIANS = "civilians"
    FIGHTERS = "fighters"
    CHILDREN = "children"
    WOMEN = "women"
    JOURNALISTS = "journalists"
    MEDICS = "medics"
    MIXED = "mixed"
    UNSPECIFIED = "unspecified"


class Modality(StrEnum):
    """How far the text stands behind a claim."""

    ASSERTED = "asserted"
    ESTIMATED = "estimated"
    ALLEGED = "alleged"
    DENIED = "denied"
    PLANNED = "planned"


class Precision(StrEnum):
    """The unit that a stated time is precise to; `unresolved` keeps the phrase and no day."""

    DAY = "day"
    DAYS = "days"
    WEEK = "week"
    PART_OF_MONTH = "part_of_month"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    PART_OF_YEAR = "part_of_year"
    YEAR = "year"
    YEARS = "years"
    UNRESOLVED = "unresolved"


class WordKind(StrEnum):
    """What a word is made of."""

    WORD = "word"  # Arabic letters
    NUMBER = "number"  # digits of either set, with their separators
    LATIN = "latin"  # letters of another script
    PUNCT = "punct"  # one mark


class MentionKind(StrEnum):
    """What a name names."""

    ACTOR = "actor"  # armed groups, states, forces, officials acting
    PLACE = "place"
    OUTLET = "outlet"  # media and agencies
    BODY = "body"  # ministries, monitors, organisations, residents, witnesses: who speaks
    TARGET = "target"  # hospitals, markets, houses, vehicles: what is struck
    PEOPLE = "people"  # groups of people without a number
