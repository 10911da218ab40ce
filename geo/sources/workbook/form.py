"""The raion workbook: its sheets, columns, drop-downs and explanations.

This is the only declaration of the form. The writer lays it out, the reader checks
against it, the documentation quotes it. Titles are Russian, every explanation stands
in Russian and Belarusian.
"""

from collections.abc import Sequence

from geo.sources.workbook.choices import (
    DIRECTIONS,
    FACILITY_KINDS,
    GENERATIONS,
    KINDS,
    STATES,
    TECHNOLOGIES,
    TOPICS,
    TRISTATE,
    YES_NO,
)
from geo.sources.workbook.model import Cell, Column, Sheet, Unit

FORM_VERSION = 1

SETTLEMENTS = "settlements"

INSTRUCTION_SHEET = "Инструкция"
SENDER_SHEET = "Кто заполнил"
LISTS_SHEET = "_списки"
META_SHEET = "_форма"
ORIGINAL_SHEET = "_исходное"

GENERATION_PREFIX = "generation."

_SETTLEMENT_ID = Column(
    "settlement_id", "Код пункта", "Код пункта", Cell.CODE,
    "Код из этой формы. Не меняйте. В новой строке можно написать только название.",
    "Код з гэтай формы. Не мяняйце. У новым радку можна напісаць толькі назву.",
    width=18, locked=True,
    silent=True,
)  # fmt: skip
_SETTLEMENT = Column(
    "settlement", "Населённый пункт", "Населены пункт", Cell.TEXT,
    "Название. Если в районе есть одноимённые, нужен код.",
    "Назва. Калі ў раёне ёсць аднайменныя, патрэбны код.",
    width=24, locked=True,
    silent=True,
)  # fmt: skip
_DATE = Column(
    "date", "Дата сведений", "Дата звестак", Cell.DATE,
    "На какой день верно, например 15.03.2026. Пусто: дата с листа «Кто заполнил».",
    "На які дзень правільна, напрыклад 15.03.2026. "
    "Пуста: дата з аркуша «Кто заполнил».",
)  # fmt: skip
_VALID_FROM = Column(
    "valid_from", "Действует с", "Дзейнічае з", Cell.DATE,
    "Первый день действия. Пусто: уже действует.",
    "Першы дзень дзеяння. Пуста: ужо дзейнічае.",
)  # fmt: skip
_VALID_TO = Column(
    "valid_to", "Действует по", "Дзейнічае па", Cell.DATE,
    "Последний день действия. Пусто: без срока.",
    "Апошні дзень дзеяння. Пуста: без тэрміну.",
)  # fmt: skip
_REMARK = Column(
    "remark", "Примечание", "Заўвага", Cell.TEXT,
    "Любые слова. Сохраняются, но не считаются сведением.",
    "Любыя словы. Захоўваюцца, але не лічацца звесткай.",
    width=30,
    silent=True,
)  # fmt: skip
_CONFIRM = Column(
    "confirm", "Подтверждаю", "Пацвярджаю", Cell.CONFIRM,
    "Дата или «да»: вся строка верна, и вы за неё ручаетесь. Пусто: "
    "предзаполненные ячейки строки сведениями района не считаются.",
    "Дата або «так»: увесь радок правільны, і вы за яго ручаецеся. Пуста: "
    "загадзя запоўненыя ячэйкі радка звесткамі раёна не лічацца.",
    silent=True,
)  # fmt: skip
_INFO = Column(
    "info", "Что известно сейчас", "Што вядома цяпер", Cell.INFO,
    "Что об этом знает система и откуда. Не читается при приёме.",
    "Што пра гэта ведае сістэма і адкуль. Не чытаецца пры прыёме.",
    width=48, locked=True,
)  # fmt: skip
_ENDING = (_REMARK, _CONFIRM, _INFO)

_SETTLEMENTS = (
    _SETTLEMENT_ID,
    Column("list_name", "Название в списке", "Назва ў спісе", Cell.TEXT,
           "Как пункт назван в списке сейчас. Не меняйте.",
           "Як пункт названы ў спісе цяпер. Не мяняйце.",
           width=24, locked=True, silent=True),
    Column("name_ru", "Название по-русски", "Назва па-руску", Cell.TEXT,
           "Официальное название без слов «деревня», «д.», «аг.».",
           "Афіцыйная назва без слоў «вёска», «в.», «аг.».", width=24),
    Column("name_be", "Название по-белорусски", "Назва па-беларуску", Cell.TEXT,
           "Официальное название на белорусском языке.",
           "Афіцыйная назва на беларускай мове.", width=24),
    Column("selsovet", "Сельсовет", "Сельсавет", Cell.TEXT,
           "Название сельсовета; для города пусто.",
           "Назва сельсавета; для горада пуста.", width=22),
    Column("kind", "Вид пункта", "Від пункта", Cell.CHOICE,
           "Выберите из списка. Пусто: неизвестно.",
           "Выберыце са спіса. Пуста: невядома.", width=26, choices=KINDS),
    Column("selsovet_centre", "Центр сельсовета", "Цэнтр сельсавета", Cell.CHOICE,
           "Является ли пункт центром сельсовета.",
           "Ці з'яўляецца пункт цэнтрам сельсавета.", choices=TRISTATE),
    Column("population", "Население", "Насельніцтва", Cell.COUNT,
           "Постоянных жителей, целое число. 0: никто не живёт. Пусто: неизвестно.",
           "Пастаянных жыхароў, цэлы лік. 0: ніхто не жыве. Пуста: невядома.",
           maximum=3_000_000),
    Column("population_date", "Население на дату", "Насельніцтва на дату", Cell.DAY,
           "Дата, например 01.01.2026, или год.",
           "Дата, напрыклад 01.01.2026, або год."),
    Column("households", "Дворов", "Двароў", Cell.COUNT,
           "Число дворов (хозяйств), целое число.",
           "Колькасць двароў (гаспадарак), цэлы лік.", maximum=1_500_000),
    *_ENDING,
)  # fmt: skip
_FACILITIES = (
    Column("facility_id", "Код объекта", "Код аб'екта", Cell.CODE,
           "Не меняйте. У нового объекта пусто.",
           "Не мяняйце. У новага аб'екта пуста.", width=22, locked=True, silent=True),
    Column("kind", "Вид объекта", "Від аб'екта", Cell.CHOICE,
           "Выберите из списка.", "Выберыце са спіса.",
           width=26, choices=FACILITY_KINDS, required=True),
    Column("name", "Название", "Назва", Cell.TEXT,
           "Название или номер.", "Назва або нумар.", width=30),
    Column("settlement_id", "Код пункта", "Код пункта", Cell.CODE,
           "Код пункта, где стоит объект, или только название пункта.",
           "Код пункта, дзе стаіць аб'ект, або толькі назва пункта.", width=18),
    Column("settlement", "Населённый пункт", "Населены пункт", Cell.TEXT,
           "Название пункта. Если есть одноимённые, нужен код.",
           "Назва пункта. Калі ёсць аднайменныя, патрэбны код.", width=24),
    Column("lon", "Долгота", "Даўгата", Cell.NUMBER,
           "Градусы, например 24,3561. Можно не заполнять.",
           "Градусы, напрыклад 24,3561. Можна не запаўняць.", width=11),
    Column("lat", "Широта", "Шырата", Cell.NUMBER,
           "Градусы, например 52,2138. Можно не заполнять.",
           "Градусы, напрыклад 52,2138. Можна не запаўняць.", width=11),
    Column("hours", "Часы работы", "Гадзіны працы", Cell.TEXT,
           "Например: пн-пт 8:00-17:00.", "Напрыклад: пн-пт 8:00-17:00.", width=24),
    Column("staff_days", "Дни приёма", "Дні прыёму", Cell.TEXT,
           "В какие дни работник на месте.", "У якія дні работнік на месцы.", width=18),
    Column("services", "Услуги", "Паслугі", Cell.TEXT,
           "Через запятую.", "Праз коску.", width=28),
    Column("state", "Работает или закрыт", "Працуе або зачынены", Cell.CHOICE,
           "Закрытый объект не удаляйте, выберите «закрыт».",
           "Зачынены аб'ект не выдаляйце, выберыце «закрыт».", choices=STATES),
    *_ENDING,
)  # fmt: skip
_TRIPS = (
    _SETTLEMENT_ID,
    _SETTLEMENT,
    Column("trips", "Рейсов в неделю", "Рэйсаў на тыдзень", Cell.COUNT,
           "Всех рейсов через пункт за неделю, туда и обратно отдельно. "
           "0: автобус не ходит. Пусто: неизвестно.",
           "Усіх рэйсаў праз пункт за тыдзень, туды і назад асобна. "
           "0: аўтобус не ходзіць. Пуста: невядома.", maximum=20_000),
    Column("days", "Дней в неделю", "Дзён на тыдзень", Cell.COUNT,
           "В скольких днях недели есть хотя бы один рейс, от 0 до 7.",
           "У колькіх днях тыдня ёсць хаця б адзін рэйс, ад 0 да 7.", maximum=7),
    Column("all_carriers", "Учтены все перевозчики", "Улічаны ўсе перавозчыкі",
           Cell.CHOICE,
           "«да»: других рейсов нет. Иначе число считается наименьшим: "
           "им можно доказать, что норма выполнена, но не что нарушена.",
           "«так»: іншых рэйсаў няма. Інакш лік лічыцца найменшым: "
           "ім можна даказаць, што норма выканана, але не што парушана.",
           choices=YES_NO),
    _VALID_FROM,
    _VALID_TO,
    *_ENDING,
)  # fmt: skip
_TIMETABLE = (
    Column("route", "Маршрут", "Маршрут", Cell.TEXT, "Номер или название маршрута.",
           "Нумар або назва маршруту.", width=18, required=True),
    Column("direction", "Направление", "Напрамак", Cell.CHOICE, "Туда или обратно.",
           "Туды або назад.", choices=DIRECTIONS, required=True),
    Column("sequence", "Номер остановки", "Нумар прыпынку", Cell.COUNT,
           "Порядок остановки на пути: 1, 2, 3 …",
           "Парадак прыпынку на шляху: 1, 2, 3 …", required=True, maximum=999),
    Column("settlement_id", "Код пункта", "Код пункта", Cell.CODE,
           "Код пункта или только название.",
           "Код пункта або толькі назва.", width=18),
    Column("settlement", "Населённый пункт", "Населены пункт", Cell.TEXT,
           "Название пункта остановки. Если есть одноимённые, нужен код.",
           "Назва пункта прыпынку. Калі ёсць аднайменныя, патрэбны код.", width=24),
    Column("weekdays", "Дни недели", "Дні тыдня", Cell.WEEKDAYS,
           "«ежедневно», «пн-пт», «сб, вс» или цифрами: 1 3 5.",
           "«штодня», «пн-пт», «сб, нд» або лічбамі: 1 3 5.", width=16, required=True),
    Column("times", "Время отправления", "Час адпраўлення", Cell.TIMES,
           "Через запятую: 06:40, 12:15. У всех остановок маршрута по одному времени "
           "на рейс в том же порядке; «-»: этот рейс здесь не останавливается.",
           "Праз коску: 06:40, 12:15. Ва ўсіх прыпынкаў маршруту па адным часе "
           "на рэйс у тым жа парадку; «-»: гэты рэйс тут не спыняецца.",
           width=30, required=True),
    _VALID_FROM,
    _VALID_TO,
    _REMARK,
)  # fmt: skip
_FIXED = (
    _SETTLEMENT_ID,
    _SETTLEMENT,
    Column("available", "Есть интернет", "Ёсць інтэрнэт", Cell.CHOICE,
           "Можно ли подключить проводной интернет. Пусто: неизвестно.",
           "Ці можна падключыць правадны інтэрнэт. Пуста: невядома.", choices=YES_NO),
    Column("technology", "Технология", "Тэхналогія", Cell.CHOICE,
           "Выберите из списка.", "Выберыце са спіса.", choices=TECHNOLOGIES),
    Column("max_mbps", "До, Мбит/с", "Да, Мбіт/с", Cell.NUMBER,
           "Наибольшая скорость, которую можно заказать.",
           "Найбольшая хуткасць, якую можна заказаць.", width=11, maximum=100_000),
    Column("operator", "Оператор", "Аператар", Cell.TEXT,
           "Кто подключает.", "Хто падключае.", width=20),
    _DATE,
    *_ENDING,
)  # fmt: skip
_COMPLETENESS = (
    Column("key", "Код списка", "Код спіса", Cell.CODE, "Не меняйте.", "Не мяняйце.",
           width=28, locked=True, silent=True, required=True),
    Column("title", "Список", "Спіс", Cell.TEXT, "О каком списке речь.",
           "Пра які спіс гаворка.", width=34, locked=True, silent=True),
    Column("complete", "Список полон", "Спіс поўны", Cell.CHOICE,
           "«да»: в районе нет ничего, чего нет в списке. Тогда каждая строка этого "
           "списка должна быть заполнена или подтверждена.",
           "«так»: у раёне няма нічога, чаго няма ў спісе. Тады кожны радок гэтага "
           "спіса павінен быць запоўнены або пацверджаны.", choices=YES_NO),
    Column("stated_by", "Кто утверждает", "Хто сцвярджае", Cell.TEXT,
           "Учреждение и должность.", "Установа і пасада.", width=34),
    _DATE,
    _REMARK,
)  # fmt: skip
_REMARKS = (
    Column("topic", "О чём", "Пра што", Cell.CHOICE, "Выберите из списка.",
           "Выберыце са спіса.", width=20, choices=TOPICS),
    Column("settlement_id", "Код пункта", "Код пункта", Cell.CODE,
           "Если речь о пункте.", "Калі гаворка пра пункт.", width=18),
    Column("settlement", "Населённый пункт", "Населены пункт", Cell.TEXT,
           "Если речь о пункте. Пункта нет в списке: напишите о нём в тексте.",
           "Калі гаворка пра пункт. Пункта няма ў спісе: напішыце пра яго ў тэксце.",
           width=24),
    Column("text", "Текст", "Тэкст", Cell.TEXT, "Любые слова.", "Любыя словы.",
           width=80, required=True),
)  # fmt: skip


def _mobile(operators: Sequence[tuple[str, str]]) -> tuple[Column, ...]:
    asked = [
        Column(
            f"{GENERATION_PREFIX}{code}", name, name, Cell.CHOICE,
            f"Лучшая связь оператора «{name}» в жилой части пункта. Пусто: неизвестно.",
            f"Найлепшая сувязь аператара «{name}» у жылой частцы пункта. "
            "Пуста: невядома.",
            choices=GENERATIONS,
        )
        for code, name in operators
    ]  # fmt: skip
    return (_SETTLEMENT_ID, _SETTLEMENT, *asked, _DATE, *_ENDING)


def form(operators: Sequence[tuple[str, str]]) -> dict[str, Sheet]:
    """Return the data sheets of the form, in their order, by key.

    Parameters
    ----------
    operators
        Id and name of each mobile operator of the country: one column each.

    Examples
    --------
    >>> [sheet.title for sheet in form([("a1", "A1")]).values()][:3]
    ['Населённые пункты', 'Объекты', 'Рейсы']
    """
    sheets = (
        Sheet("settlements", "Населённые пункты", "Населеныя пункты",
              "Список пунктов района: исправьте и дополните.",
              "Спіс пунктаў раёна: выпраўце і дапоўніце.",
              Unit.CELL, ("settlement_id",), _SETTLEMENTS),
        Sheet("facilities", "Объекты", "Аб'екты",
              "Больницы, ФАП, аптеки, почта, остановки; новые впишите в конец.",
              "Бальніцы, ФАП, аптэкі, пошта, прыпынкі; новыя ўпішыце ў канец.",
              Unit.ROW, ("facility_id",), _FACILITIES),
        Sheet("trips", "Рейсы", "Рэйсы",
              "Сколько рейсов в неделю у каждого пункта. Этого довольно для нормы.",
              "Колькі рэйсаў на тыдзень у кожнага пункта. Гэтага дастаткова для нормы.",
              Unit.ROW, ("settlement_id",), _TRIPS),
        Sheet("timetable", "Расписание", "Расклад",
              "Вместо листа «Рейсы» или вместе с ним: строка на остановку маршрута.",
              "Замест аркуша «Рейсы» або разам з ім: радок на прыпынак маршруту.",
              Unit.SHEET, (), _TIMETABLE),
        Sheet("mobile", "Мобильная связь", "Мабільная сувязь",
              "Лучшее поколение связи каждого оператора в пункте.",
              "Найлепшае пакаленне сувязі кожнага аператара ў пункце.",
              Unit.CELL, ("settlement_id",), _mobile(operators)),
        Sheet("fixed", "Интернет", "Інтэрнэт",
              "Проводной интернет; второй оператор пункта: ещё одна строка в конце.",
              "Правадны інтэрнэт; другі аператар пункта: яшчэ адзін радок у канцы.",
              Unit.SETTLEMENT, ("settlement_id",), _FIXED),
        Sheet("completeness", "Полнота", "Паўната",
              "Какие списки полны для всего района.",
              "Якія спісы поўныя для ўсяго раёна.",
              Unit.ROW, ("key",), _COMPLETENESS),
        Sheet("remarks", "Примечания", "Заўвагі", "Всё, чему нет места выше.",
              "Усё, чаму няма месца вышэй.", Unit.SHEET, (), _REMARKS),
    )  # fmt: skip
    return {sheet.key: sheet for sheet in sheets}


def completeness_lists() -> dict[str, str]:
    """Return code -> Russian title of every list that may be declared complete."""
    lists = {
        f"facilities:{kind.code}": f"Объекты: {kind.ru}" for kind in FACILITY_KINDS
    }
    return lists | {
        "timetable": "Рейсы и расписание",
        "cells": "Мобильная связь",
        "fixed": "Интернет",
    }
