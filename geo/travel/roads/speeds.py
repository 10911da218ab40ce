"""The travel profiles of a country, out of its declarations."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import ValidationError

from geo.errors import DeclarationError, RoadError
from geo.sources.country import Country, validation_sentence
from geo.travel.roads.profiles import Journey, RoadRules, Snap, laid_over, with_likes
from geo.travel.roads.tags import TravelProfile
from geo.yaml_file import read_mapping

Name = Literal["car", "ambulance", "foot"]
_SHARED = Path("roads.yaml")
_OWN = "speeds.yaml"
_ANY_KIND = "*"


@dataclass(frozen=True)
class Speeds:
    """How one travels in a country.

    Attributes
    ----------
    rules
        What is declared.
    legal_kmh
        What nobody exceeds, for cars and for ambulances.
    """

    rules: RoadRules
    legal_kmh: tuple[float, float]

    @property
    def snap(self) -> Snap:
        """How places are put on the network."""
        return self.rules.snap

    def journey(self, kind: str) -> Journey:
        """Return who travels for a kind of facility."""
        return self.rules.journeys.get(kind, self.rules.journeys[_ANY_KIND])

    def profile(self, name: str) -> TravelProfile:
        """Return one way of travelling: car, ambulance or foot.

        Raises
        ------
        RoadError
            If there is no such profile.
        """
        if name not in self.rules.profiles:
            raise RoadError(
                f"no travel profile {name!r}",
                where="travel on roads",
                remedy=f"Known: {', '.join(sorted(self.rules.profiles))}",
            )
        car, ambulance = self.legal_kmh
        legal = ambulance if name == "ambulance" else car
        return TravelProfile(name, self.rules.profiles[name], self.rules.limits, legal)


def load_speeds(country: Country) -> Speeds:
    """Return the travel profiles of a country.

    Raises
    ------
    DeclarationError
        If the country has no ``speeds.yaml``, or a file does not say what it must.
    """
    own = country.files(_OWN)
    if not own:
        folder = country.folders[-1] if country.folders else Path(country.code)
        raise DeclarationError(
            "the country has roads but no speeds.yaml",
            where=str(folder / _OWN),
            remedy="State the speed limits there (docs/road-profiles.md), or take the"
            " osm_roads feed out of country.yaml.",
        )
    shared = [folder.parents[1] / _SHARED for folder in country.folders]
    declared: dict[str, Any] = {}
    for path in [*(path for path in shared if path.is_file()), *own]:
        declared = laid_over(declared, read_mapping(path))
    profiles = declared.get("profiles", {})
    if isinstance(profiles, dict):
        declared["profiles"] = with_likes(profiles)
    try:
        rules = RoadRules.model_validate(declared)
    except ValidationError as error:
        raise DeclarationError(
            validation_sentence(error),
            where=f"{own[-1]} over {_SHARED}",
            remedy="See docs/road-profiles.md for every key.",
        ) from error
    wanted = {journey.profile for journey in rules.journeys.values()}
    missing = (set(get_args(Name)) | wanted) - set(rules.profiles)
    if missing or _ANY_KIND not in rules.journeys:
        what = f"profile {min(missing)!r}" if missing else f"journey {_ANY_KIND!r}"
        raise DeclarationError(
            f"{what} is missing",
            where=f"{own[-1]} over {_SHARED}",
            remedy="Declare car, ambulance and foot, and whoever travels; "
            "see docs/road-profiles.md.",
        )
    p = country.parameters
    return Speeds(rules, (p.travel.speed_legal_kmh, p.ambulance_speed_legal_kmh))
