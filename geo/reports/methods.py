"""What each method behind a value means, in one clause for people."""

from collections.abc import Mapping
from typing import Final

#: the method as it stands in the release -> language -> clause
METHODS: Final[Mapping[str, Mapping[str, str]]] = {
    "register": {
        "ru": "сказано о самом населённом пункте в списке или форме",
        "be": "сказана пра сам населены пункт у спісе або форме",
        "en": "stated of the settlement itself in a list or form",
    },
    "operator's list": {
        "ru": "по списку оператора связи",
        "be": "паводле спіса аператара сувязі",
        "en": "by the operator's list",
    },
    "straight line": {
        "ru": "расстояние по прямой, умноженное на извилистость дорог и делённое на "
        "обычную скорость",
        "be": "адлегласць па прамой, памножаная на звілістасць дарог і падзеленая на "
        "звычайную хуткасць",
        "en": "the straight line, times a detour, at a typical speed",
    },
    "call handling + straight line": {
        "ru": "приём вызова и путь от станции: расстояние по прямой, умноженное на "
        "извилистость дорог и делённое на обычную скорость",
        "be": "прыём выкліку і шлях ад станцыі: адлегласць па прамой, памножаная на "
        "звілістасць дарог і падзеленая на звычайную хуткасць",
        "en": "call handling and the way from the station: the straight line, times a "
        "detour, at a typical speed",
    },
    "road network": {
        "ru": "быстрейший путь по дорогам с обычной скоростью и пешком до дороги",
        "be": "найхутчэйшы шлях па дарогах са звычайнай хуткасцю і пешшу да дарогі",
        "en": "the quickest way by road at typical speeds, and on foot to the road",
    },
    "call handling + road network": {
        "ru": "приём вызова и быстрейший путь по дорогам от станции",
        "be": "прыём выкліку і найхутчэйшы шлях па дарогах ад станцыі",
        "en": "call handling and the quickest way by road from the station",
    },
    "on foot, straight line": {
        "ru": "пешком: расстояние по прямой, умноженное на извилистость дорог",
        "be": "пешшу: адлегласць па прамой, памножаная на звілістасць дарог",
        "en": "on foot: the straight line, times a detour",
    },
    "call handling + on foot, straight line": {
        "ru": "приём вызова и путь пешком: расстояние по прямой, умноженное на "
        "извилистость дорог",
        "be": "прыём выкліку і шлях пешшу: адлегласць па прамой, памножаная на "
        "звілістасць дарог",
        "en": "call handling and the way on foot: the straight line, times a detour",
    },
    "geodesic distance": {
        "ru": "расстояние по прямой",
        "be": "адлегласць па прамой",
        "en": "distance along the straight line",
    },
    "timetable, stops within walking distance": {
        "ru": "рейсы расписания на остановках в пешей доступности за неделю, в которую "
        "их меньше всего",
        "be": "рэйсы раскладу на прыпынках у пешай даступнасці за тыдзень, у які іх "
        "менш за ўсё",
        "en": "trips of the timetable at stops within walking distance in the week "
        "with the fewest",
    },
    "nearest crowd-sourced cell": {
        "ru": "ближайшая сота, замеченная добровольцами",
        "be": "найбліжэйшая сота, заўважаная добраахвотнікамі",
        "en": "the nearest cell that volunteers observed",
    },
    "crowd-sourced cells within radius": {
        "ru": "соты, замеченные добровольцами поблизости; без замеченной соты ничего "
        "не утверждается",
        "be": "соты, заўважаныя добраахвотнікамі паблізу; без заўважанай соты нічога "
        "не сцвярджаецца",
        "en": "cells that volunteers observed nearby; without one nothing is claimed",
    },
}


def method_text(method: str | None, language: str) -> str:
    """Return the clause of a method; one without words here stands for itself."""
    if method is None:
        return ""
    return METHODS.get(method, {}).get(language, method)
