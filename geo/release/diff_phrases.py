"""Whole sentences of the changelog in Russian, Belarusian and English."""

from typing import Final

PHRASES: Final = {
    "ru": {
        "title": "{place}: что изменилось с {before} по {after}",
        "synthetic": "Данные вымышлены: страна учебная, о настоящих местах здесь "
        "ничего не "
        "сказано.",
        "releases": "Сравниваются выпуски {before} и {after}. Число жителей взято по "
        "выпуску "
        "{after}; у {estimated} это оценка, а не счёт.",
        "same": "Это один и тот же выпуск: изменений нет.",
        "nothing": "Ни один ответ не изменился.",
        "norm": "{since} норма «{title}» ({label}) — {new} вместо {old} ({act}).",
        "norm_came": "{since} действует норма «{title}» ({label}) — {new} ({act}).",
        "norm_went": "Больше не действует норма «{title}» ({label}) — {old} ({act}).",
        "norm_other": "{since} норма «{title}» ({label}) относится к другим населённым "
        "пунктам ({act}).",
        "since": "С {day}",
        "since_unknown": "Теперь",
        "binds": "Она наверняка относится к {places}: {people}.",
        "may_bind": "Ещё для {places}, где {people}, неизвестно, относится ли она к "
        "ним.",
        "binds_nobody": "Ни про один населённый пункт не известно наверняка, что она "
        "к нему относится.",
        "may_bind_all": "Для {places}, где {people}, неизвестно, относится ли она к "
        "ним.",
        "change": "«{title}»: {people} в {places} — {before}, {after}; причина: "
        "{cause}.",
        "still": "«{title}»: {people} в {places} — {same}; причина: {cause}.",
        "and": " и ",
        "nobody_knows": "неизвестное число жителей",
        "no_people": "в {count} из них число жителей неизвестно",
        "new": "Новые в списке: {places}, {people}{names}.",
        "gone": "Больше не в списке: {places}, {people}{names}.",
        "new_standard": "Впервые оценивается норма «{title}»: {verdicts}.",
        "gone_standard": "Больше не оценивается норма «{title}».",
        "unknown": "Ответ неизвестен по норме «{title}»: {people} в {places}.",
        "more": "Ещё {count} помельче; все они есть в таблице.",
        "lines": ("перемена", "перемены", "перемен"),
        "bounds": "Ещё у {count} изменился только разброс возможных значений: это не "
        "перемена "
        "в обслуживании.",
        "answers": ("ответа", "ответов", "ответов"),
        "of_places": ("населённого пункта", "населённых пунктов", "населённых пунктов"),
        "to_places": ("населённому пункту", "населённым пунктам", "населённым пунктам"),
        "unlike": "Выпуски сделаны не одинаково ({what}); то, что меняется от этого, "
        "не "
        "отнесено на счёт обслуживания.",
        "from_to": "{name}: было {before}, стало {after}",
        "none": "нет",
        "code": "версия программы",
        "parameter": "параметр",
        "indicator": "показатель",
        "standard": "показатель нормы",
        "assumption": "допущение",
        "completeness": "полнота списка",
        "declared": "описание изменено",
        "score": "Средний разрыв ({area}): было {before}, стало {after}; {parts}.",
        "score_part": "{cause} {share}",
        "score_same": "состав слагаемых не изменился",
        "unsplit": "несколько причин вместе",
        "composition": "другой круг известных ответов",
        "score_value": "обслуживание",
        "score_norm": "норма",
        "score_population": "число жителей",
        "score_class": "вид населённого пункта",
        "score_source": "сведения",
        "score_method": "способ расчёта",
    },
    "be": {
        "title": "{place}: што змянілася з {before} па {after}",
        "synthetic": "Даныя выдуманыя: краіна вучэбная, пра сапраўдныя месцы тут "
        "нічога не "
        "сказана.",
        "releases": "Параўноўваюцца выпускі {before} і {after}. Колькасць жыхароў "
        "узята "
        "паводле выпуску {after}; у {estimated} гэта ацэнка, а не лік.",
        "same": "Гэта адзін і той жа выпуск: змен няма.",
        "nothing": "Ніводны адказ не змяніўся.",
        "norm": "{since} норма «{title}» ({label}) — {new} замест {old} ({act}).",
        "norm_came": "{since} дзейнічае норма «{title}» ({label}) — {new} ({act}).",
        "norm_went": "Больш не дзейнічае норма «{title}» ({label}) — {old} ({act}).",
        "norm_other": "{since} норма «{title}» ({label}) адносіцца да іншых населеных "
        "пунктаў ({act}).",
        "since": "З {day}",
        "since_unknown": "Цяпер",
        "binds": "Яна напэўна адносіцца да {places}: {people}.",
        "may_bind": "Яшчэ для {places}, дзе {people}, невядома, ці адносіцца яна да "
        "іх.",
        "binds_nobody": "Ні пра адзін населены пункт не вядома напэўна, што яна да яго "
        "адносіцца.",
        "may_bind_all": "Для {places}, дзе {people}, невядома, ці адносіцца яна да іх.",
        "change": "«{title}»: {people} у {places} — {before}, {after}; прычына: "
        "{cause}.",
        "still": "«{title}»: {people} у {places} — {same}; прычына: {cause}.",
        "and": " і ",
        "nobody_knows": "невядомая колькасць жыхароў",
        "no_people": "у {count} з іх колькасць жыхароў невядомая",
        "new": "Новыя ў спісе: {places}, {people}{names}.",
        "gone": "Больш не ў спісе: {places}, {people}{names}.",
        "new_standard": "Упершыню ацэньваецца норма «{title}»: {verdicts}.",
        "gone_standard": "Больш не ацэньваецца норма «{title}».",
        "unknown": "Адказ невядомы паводле нормы «{title}»: {people} у {places}.",
        "more": "Яшчэ {count} драбнейшых; усе яны ёсць у табліцы.",
        "lines": ("перамена", "перамены", "перамен"),
        "bounds": "Яшчэ ў {count} змяніўся толькі разбег магчымых значэнняў: гэта не "
        "перамена ў абслугоўванні.",
        "answers": ("адказу", "адказаў", "адказаў"),
        "of_places": ("населенага пункта", "населеных пунктаў", "населеных пунктаў"),
        "to_places": ("населенага пункта", "населеных пунктаў", "населеных пунктаў"),
        "unlike": "Выпускі зроблены неаднолькава ({what}); тое, што мяняецца ад "
        "гэтага, не "
        "аднесена на кошт абслугоўвання.",
        "from_to": "{name}: было {before}, стала {after}",
        "none": "няма",
        "code": "версія праграмы",
        "parameter": "параметр",
        "indicator": "паказчык",
        "standard": "паказчык нормы",
        "assumption": "дапушчэнне",
        "completeness": "паўната спіса",
        "declared": "апісанне зменена",
        "score": "Сярэдні разрыў ({area}): было {before}, стала {after}; {parts}.",
        "score_part": "{cause} {share}",
        "score_same": "склад складнікаў не змяніўся",
        "unsplit": "некалькі прычын разам",
        "composition": "іншае кола вядомых адказаў",
        "score_value": "абслугоўванне",
        "score_norm": "норма",
        "score_population": "колькасць жыхароў",
        "score_class": "від населенага пункта",
        "score_source": "звесткі",
        "score_method": "спосаб разліку",
    },
    "en": {
        "title": "{place}: what changed between {before} and {after}",
        "synthetic": "The data are synthetic: this country is made up, and nothing is "
        "said of "
        "real places.",
        "releases": "Releases {before} and {after} are compared. Populations are "
        "those of "
        "{after}; for {estimated} they are estimates, not counts.",
        "same": "This is one and the same release: nothing changed.",
        "nothing": "No answer changed.",
        "norm": "{since} the norm “{title}” ({label}) is {new} instead of {old} "
        "({act}).",
        "norm_came": "{since} there is a norm “{title}” ({label}): {new} ({act}).",
        "norm_went": "The norm “{title}” ({label}), {old}, is no longer in force "
        "({act}).",
        "norm_other": "{since} the norm “{title}” ({label}) binds other settlements "
        "({act}).",
        "since": "From {day}",
        "since_unknown": "Now",
        "binds": "It certainly binds {places}: {people}.",
        "may_bind": "For {places} more, with {people}, it is unknown whether it binds "
        "them.",
        "binds_nobody": "It is not known for certain to bind any settlement.",
        "may_bind_all": "For {places}, with {people}, it is unknown whether it binds "
        "them.",
        "change": "“{title}”: {people} in {places}: {before}, {after}; cause: {cause}.",
        "still": "“{title}”: {people} in {places}: {same}; cause: {cause}.",
        "and": " and ",
        "nobody_knows": "an unknown number of people",
        "no_people": "the population of {count} of them is unknown",
        "new": "New in the list: {places}, {people}{names}.",
        "gone": "No longer in the list: {places}, {people}{names}.",
        "new_standard": "Judged for the first time: “{title}”: {verdicts}.",
        "gone_standard": "No longer judged: “{title}”.",
        "unknown": "Unknown by “{title}”: {people} in {places}.",
        "more": "{count} more of smaller size; the table has them all.",
        "lines": ("change", "changes"),
        "bounds": "For {count} more only the range of possible values moved: that is "
        "no change "
        "of service.",
        "answers": ("answer", "answers"),
        "of_places": ("settlement", "settlements"),
        "to_places": ("settlement", "settlements"),
        "unlike": "The releases were not made alike ({what}); what changes because of "
        "it is "
        "not put down to service.",
        "from_to": "{name}: was {before}, is {after}",
        "none": "none",
        "code": "program version",
        "parameter": "parameter",
        "indicator": "indicator",
        "standard": "indicator of the standard",
        "assumption": "assumption",
        "completeness": "completeness of a list",
        "declared": "its declaration changed",
        "score": "Mean gap ({area}): was {before}, is {after}; {parts}.",
        "score_part": "{cause} {share}",
        "score_same": "no part of it moved",
        "unsplit": "several causes together",
        "composition": "other answers are known",
        "score_value": "service",
        "score_norm": "norm",
        "score_population": "population",
        "score_class": "class",
        "score_source": "knowledge",
        "score_method": "method",
    },
}
