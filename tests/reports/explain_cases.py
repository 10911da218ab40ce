"""Verdicts of every kind and reason, and the sentences that tell them."""

from datetime import date

from tests.release import pair
from tests.release.pair import known, norm, place, release, trips, wait

BUS, AMBULANCE = "transport.trips_per_week", "health.ambulance_minutes"
ON = date(2026, 2, 1)
FROM = norm("ty.trips.v", 20, valid_from="2026-01-01")


def bus(value, *rows, where=None, **more):
    """Return a release of one place judged by trips a week."""
    values = {BUS: {"toy:0": value}} if value else {}
    return release({"toy:0": where or place()}, values, [trips(*rows, **more)], ON)


def ambulance(value, *rows):
    values = {AMBULANCE: {"toy:0": value}}
    return release({"toy:0": place()}, values, [wait(*rows)], ON)


WHOLE = {
    "ru": "Заречье (сельский населённый пункт; Лесной район), норма «Рейсы», "
    "на 1 февраля 2026 года: норма нарушена. Жителей 100 (измерено; 2019 год; "
    "источник toy-people). Показатель «Рейсов в неделю»: 15 рейсов в неделю "
    "(измерено; сказано о самом населённом пункте в списке или форме; источник "
    "Реестр [toy-register]; 10 января 2026 года; откуда: register.csv:7). "
    "Норма: не менее 20 рейсов в неделю (деревня; Акт 1, пункт 3, редакция "
    "2025, по сообщению; действует с 1 января 2026 года). Отвечает: Минтранс. "
    "Разрыв: 1 − 15/20 = 0,25. Выпуск ty/2026-02-01.1.",
    "be": "Зарэчча (сельскі населены пункт; Лясны раён), норма «Рэйсы», на 1 "
    "лютага 2026 года: норма парушана. Жыхароў 100 (вымерана; 2019 год; "
    "крыніца toy-people). Паказчык «Рэйсаў на тыдзень»: 15 рэйсаў на тыдзень "
    "(вымерана; сказана пра сам населены пункт у спісе або форме; крыніца "
    "Реестр [toy-register]; 10 студзеня 2026 года; адкуль: register.csv:7). "
    "Норма: не менш за 20 рэйсаў на тыдзень (вёска; Акт 1, пункт 3, рэдакцыя "
    "2025, паводле паведамлення; дзейнічае з 1 студзеня 2026 года). Адказвае: "
    "Мінтранс. Разрыў: 1 − 15/20 = 0,25. Выпуск ty/2026-02-01.1.",
    "en": "Zarechye (rural settlement; Forest District), norm “Trips”, on 1 "
    "February 2026: the norm is breached. Residents: 100 (measured; 2019; "
    "source toy-people). Indicator “Trips per week”: 15 trips a week "
    "(measured; stated of the settlement itself in a list or form; source "
    "Реестр [toy-register]; 10 January 2026; from register.csv:7). Norm: at "
    "least 20 trips a week (village; Акт 1, item 3, revision 2025, as "
    "reported; in force from 1 January 2026). Responsible: Mintrans. Gap: 1 − "
    "15/20 = 0.25. Release ty/2026-02-01.1.",
}


CASES = {
    "kept": (
        bus(known(22), FROM),
        ["Сравнение: 22 ≥ 20, разрыв 0."],
        ["Параўнанне: 22 ≥ 20, разрыў 0."],
        ["Comparison: 22 ≥ 20, gap 0."],
    ),
    "kept_by_a_bound": (
        bus(known(22, 22, None), FROM),
        ["Сравнение: даже худшее возможное значение 22 ≥ 20, разрыв 0."],
        ["Параўнанне: нават найгоршае магчымае значэнне 22 ≥ 20, разрыў 0."],
        ["Comparison: even the worst possible value 22 ≥ 20, gap 0."],
    ),
    "no_value": (
        bus(None, FROM),
        [
            "Почему ответ неизвестен: о показателе ничего не известно.",
            "Разрыв может быть от 0 до 1.",
            "Решили бы дело сведения о показателе; их могут дать: перевозчики.",
        ],
        [
            "Чаму адказ невядомы: пра паказчык нічога не вядома.",
            "Разрыў можа быць ад 0 да 1.",
            ("Вырашылі б справу звесткі пра паказчык; іх могуць даць: перавозчыкі."),
        ],
        [
            "Why it is unknown: nothing is known of the indicator.",
            "The gap may be 0 to 1.",
            (
                "Figures for the indicator would settle it; they could come "
                "from: carriers."
            ),
        ],
    ),
    "value": (
        bus(known(22, 18, 25), FROM),
        [
            ("Почему ответ неизвестен: возможные значения лежат по обе стороны нормы."),
            "Разрыв может быть от 0 до 0,1.",
            "Решило бы дело значение точнее; их могут дать: перевозчики.",
        ],
        [
            ("Чаму адказ невядомы: магчымыя значэнні ляжаць па абодва бакі нормы."),
            "Разрыў можа быць ад 0 да 0,1.",
            (
                "Вырашыла б справу больш дакладнае значэнне; іх могуць даць: "
                "перавозчыкі."
            ),
        ],
        [
            ("Why it is unknown: the possible values lie on both sides of the norm."),
            "The gap may be 0 to 0.1.",
            ("A more exact figure would settle it; they could come from: carriers."),
        ],
    ),
    "partial": (
        bus(known(12, 12, None), FROM),
        [
            (
                "Почему ответ неизвестен: список неполон: у показателя "
                "известна только одна граница, и по ней нельзя сказать, "
                "выполнена ли норма."
            ),
            "Разрыв может быть от 0 до 0,4.",
            "Решил бы дело полный список; их могут дать: перевозчики.",
        ],
        [
            (
                "Чаму адказ невядомы: спіс няпоўны: у паказчыка вядомая толькі "
                "адна мяжа, і па ёй нельга сказаць, ці выканана норма."
            ),
            "Разрыў можа быць ад 0 да 0,4.",
            "Вырашыў бы справу поўны спіс; іх могуць даць: перавозчыкі.",
        ],
        [
            (
                "Why it is unknown: the list is not complete: only one end of "
                "the range is known, and it does not tell whether the norm is "
                "kept."
            ),
            "The gap may be 0 to 0.4.",
            "A complete list would settle it; they could come from: carriers.",
        ],
    ),
    "population": (
        bus(
            known(10),
            norm("ty.trips.b", 20, applies={"population": ">50"}),
            where=place(population=60, population_low=40, population_high=80),
        ),
        [
            (
                "Почему ответ неизвестен: ответ зависит от числа жителей, "
                "которое точно не известно."
            ),
            "Разрыв может быть от 0 до 0,5.",
            "Решило бы дело точное число жителей.",
        ],
        [
            (
                "Чаму адказ невядомы: адказ залежыць ад колькасці жыхароў, "
                "якая дакладна не вядомая."
            ),
            "Разрыў можа быць ад 0 да 0,5.",
            "Вырашыла б справу дакладная колькасць жыхароў.",
        ],
        [
            (
                "Why it is unknown: it depends on the population, which is not "
                "known exactly."
            ),
            "The gap may be 0 to 0.5.",
            "An exact population would settle it.",
        ],
    ),
    "class": (
        bus(
            known(10),
            norm("ty.trips.a", 20, applies={"kind": ["agrogorodok"]}),
            norm("ty.trips.r", 8, applies={"kind": ["rural"]}),
            where=place(None),
        ),
        [
            (
                "Почему ответ неизвестен: ответ зависит от вида населённого "
                "пункта или от того, центр ли это сельсовета, а это точно не "
                "известно."
            ),
            "Разрыв может быть от 0 до 0,5.",
            (
                "Решили бы дело официальные сведения: вид населённого пункта и "
                "центр ли это сельсовета."
            ),
        ],
        [
            (
                "Чаму адказ невядомы: адказ залежыць ад віду населенага пункта "
                "або ад таго, ці цэнтр гэта сельсавета, а гэта дакладна не "
                "вядома."
            ),
            "Разрыў можа быць ад 0 да 0,5.",
            (
                "Вырашылі б справу афіцыйныя звесткі: від населенага пункта і "
                "ці цэнтр гэта сельсавета."
            ),
        ],
        [
            (
                "Why it is unknown: it depends on the class of the settlement "
                "or on whether it is a selsovet centre, and that is not known "
                "for certain."
            ),
            "The gap may be 0 to 0.5.",
            (
                "Official word would settle it: the class of the settlement, "
                "and whether it is a selsovet centre."
            ),
        ],
    ),
    "stale": (
        bus(known(30, date=date(2023, 5, 1)), FROM),
        [
            (
                "Почему ответ неизвестен: сведения от 1 мая 2023 года "
                "устарели: они служат не дольше 2 лет."
            ),
            "Будь сведения свежими, вывод был бы таким: норма выполнена.",
            "Решили бы дело свежие сведения; их могут дать: перевозчики.",
        ],
        [
            (
                "Чаму адказ невядомы: звесткі ад 1 мая 2023 года састарэлі: "
                "яны служаць не даўжэй за 2 гады."
            ),
            "Калі б звесткі былі свежымі, вывад быў бы такім: норма выканана.",
            "Вырашылі б справу свежыя звесткі; іх могуць даць: перавозчыкі.",
        ],
        [
            (
                "Why it is unknown: the figure of 1 May 2023 is out of date: "
                "it serves for 2 years at most."
            ),
            "Were the figure fresh, the verdict would be: the norm is kept.",
            "Fresh figures would settle it; they could come from: carriers.",
        ],
    ),
    "no_ends": (
        ambulance(known(17, None, None), norm("ty.wait.v", 30, "<=")),
        [
            "Почему ответ неизвестен: пределы показателя неизвестны.",
            "Разрыв может быть от 0 до 1.",
            "Решило бы дело значение точнее.",
        ],
        [
            "Чаму адказ невядомы: межы паказчыка невядомыя.",
            "Разрыў можа быць ад 0 да 1.",
            "Вырашыла б справу больш дакладнае значэнне.",
        ],
        [
            "Why it is unknown: the limits of the value are unknown.",
            "The gap may be 0 to 1.",
            "A more exact figure would settle it.",
        ],
    ),
    "not_due": (
        bus(known(8), norm("ty.trips.v", 20, due="2030-12-31"), force="target"),
        [
            "Срок: 31 декабря 2030 года.",
            "Достигнуто 40 % цели.",
            "До срока нужно прибавлять по 2,443 рейса в неделю в год.",
        ],
        [
            "Тэрмін: 31 снежня 2030 года.",
            "Дасягнута 40 % мэты.",
            "Да тэрміну трэба прыбаўляць па 2,443 рэйса на тыдзень у год.",
        ],
        [
            "Due: 31 December 2030.",
            "40% of the target is reached.",
            "To be there on the day it must gain 2.443 trips a week a year.",
        ],
    ),
    "not_due_and_stale": (
        bus(
            known(8, date=date(2023, 5, 1)),
            norm("ty.trips.v", 20, due="2030-12-31"),
            force="target",
        ),
        [
            "Срок: 31 декабря 2030 года.",
            (
                "Сколько достигнуто, неизвестно: сведения от 1 мая 2023 года "
                "устарели: они служат не дольше 2 лет."
            ),
        ],
        [
            "Тэрмін: 31 снежня 2030 года.",
            (
                "Колькі дасягнута, невядома: звесткі ад 1 мая 2023 года "
                "састарэлі: яны служаць не даўжэй за 2 гады."
            ),
        ],
        [
            "Due: 31 December 2030.",
            (
                "How much of it is reached is unknown: the figure of 1 May 2023 is "
                "out of date: it serves for 2 years at most."
            ),
        ],
    ),
    "unreachable": (
        ambulance(pair.UNREACHABLE, norm("ty.wait.v", 30, "<=")),
        ["Разрыв 1."],
        ["Разрыў 1."],
        ["Gap 1."],
    ),
    "less_is_better": (
        ambulance(known(40), norm("ty.wait.v", 30, "<=")),
        ["Разрыв: 1 − 30/40 = 0,25."],
        ["Разрыў: 1 − 30/40 = 0,25."],
        ["Gap: 1 − 30/40 = 0.25."],
    ),
    "assumed": (
        ambulance(
            known(10, None, 25, status="assumed", source="assumption:hospital"),
            norm("ty.wait.v", 30, "<="),
        ),
        [
            (
                "Почему ответ неизвестен: значение основано на допущении или на нашем "
                "условном правиле, а они ничего не доказывают."
            ),
            "Допущение: В центре есть больница.",
            "Разрыв может быть от 0 до 1.",
            "Решили бы дело сведения вместо допущения.",
        ],
        [
            (
                "Чаму адказ невядомы: значэнне грунтуецца на дапушчэнні або на нашым "
                "умоўным правіле, а яны нічога не даказваюць."
            ),
            "Дапушчэнне: У цэнтры ёсць бальніца.",
            "Разрыў можа быць ад 0 да 1.",
            "Вырашылі б справу звесткі замест дапушчэння.",
        ],
        [
            (
                "Why it is unknown: the value rests on an assumption or on a "
                "convention of ours, and these prove nothing."
            ),
            "The assumption: The centre has a hospital.",
            "The gap may be 0 to 1.",
            "Figures in place of the assumption would settle it.",
        ],
    ),
}
