"""Words and counted nouns of the changelog in Russian, Belarusian and English."""

from typing import Final

#: cause, with its direction where it is certain
CAUSE: Final = {
    "ru": {
        "value+": "обслуживание стало лучше",
        "value-": "обслуживание стало хуже",
        "value": "по тому же источнику показатель другой",
        "norm+": "норма стала строже",
        "norm-": "норма стала мягче",
        "norm": "могла измениться норма",
        "due": "наступил срок нормы",
        "began": "норма начала действовать",
        "ended": "норма больше не действует",
        "population": "изменились сведения о числе жителей",
        "class": "изменились сведения о виде населённого пункта",
        "source": "изменились сведения, а не обслуживание",
        "method": "изменился способ расчёта, а не обслуживание",
    },
    "be": {
        "value+": "абслугоўванне стала лепшым",
        "value-": "абслугоўванне стала горшым",
        "value": "паводле той жа крыніцы паказчык іншы",
        "norm+": "норма стала больш строгай",
        "norm-": "норма стала больш мяккай",
        "norm": "магла змяніцца норма",
        "due": "надышоў тэрмін нормы",
        "began": "норма пачала дзейнічаць",
        "ended": "норма больш не дзейнічае",
        "population": "змяніліся звесткі пра колькасць жыхароў",
        "class": "змяніліся звесткі пра від населенага пункта",
        "source": "змяніліся звесткі, а не абслугоўванне",
        "method": "змяніўся спосаб разліку, а не абслугоўванне",
    },
    "en": {
        "value+": "service got better",
        "value-": "service got worse",
        "value": "the same source gives another figure",
        "norm+": "the norm got stricter",
        "norm-": "the norm got looser",
        "norm": "the norm may have changed",
        "due": "the norm fell due",
        "began": "the norm came into force",
        "ended": "the norm is no longer in force",
        "population": "what is known of the population changed",
        "class": "what is known of the settlement's class changed",
        "source": "what is known changed, not the service",
        "method": "the way of computing changed, not the service",
    },
}
WIDER: Final = {
    "ru": "оценка числа жителей с годами стала менее точной",
    "be": "ацэнка колькасці жыхароў з гадамі стала менш дакладнай",
    "en": "the estimate of the population has grown less certain with the years",
}
STALE: Final = {
    "ru": "прежние сведения устарели",
    "be": "ранейшыя звесткі састарэлі",
    "en": "the old figures went out of date",
}
