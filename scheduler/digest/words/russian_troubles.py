"""Why a source or a page could not be read, and what to do about it: Russian."""

from __future__ import annotations

from collections.abc import Mapping

from news.visit import Reason
from scheduler.digest.words.vocabulary import Trouble

_BY_ITSELF = "Попытки продолжаются автоматически."
_LOOK = "Нужно проверить вручную: presswatch source test покажет, что приходит."
_OFFLINE = "Если так со всеми источниками: нет интернета или нужен прокси (presswatch doctor)."
_NO_DISGUISE = "Мы не маскируемся: попросите сайт открыть нам доступ или подключите другой источник."


def _trouble(brief: str, happened: str, remedy: str = _LOOK) -> Trouble:
    return Trouble(brief=brief, happened=happened, remedy=remedy)


TROUBLES: Mapping[Reason, Trouble] = {
    Reason.NONE: _trouble("ещё не запрашивалась", "причина не указана", _BY_ITSELF),
    Reason.TIMEOUT: _trouble("нет ответа", "сайт не ответил вовремя", _BY_ITSELF),
    Reason.DNS: _trouble("адрес не найден", "имя сайта не найдено в интернете", _OFFLINE),
    Reason.CONNECTION: _trouble("нет соединения", "не удалось установить соединение", _OFFLINE),
    Reason.TLS: _trouble(
        "недействительный сертификат",
        "не удалось проверить сертификат сайта",
        "Чтение возобновится с действительным сертификатом; если трафик проверяет прокси, укажите crawler.ca_bundle.",
    ),
    Reason.SERVER_ERROR: _trouble("ошибка сайта", "ошибка на стороне сайта", _BY_ITSELF),
    Reason.THROTTLED: _trouble(
        "просят подождать",
        "сайт просит обращаться реже",
        "Чтение возобновится после паузы, о которой он просит.",
    ),
    Reason.CHALLENGE: _trouble(
        "проверка на робота", "вместо новостей сайт показал проверку «я не робот»", _NO_DISGUISE
    ),
    Reason.TRUNCATED: _trouble("ответ оборвался", "ответ сайта оборвался", _BY_ITSELF),
    Reason.DEADLINE: _trouble("слишком долго", "чтение заняло слишком много времени и было прервано", _BY_ITSELF),
    Reason.CANCELLED: _trouble("прервано", "чтение прервано: программа presswatch была остановлена", _BY_ITSELF),
    Reason.API_ERROR: _trouble("ошибка сайта", "программный интерфейс сайта сообщил об ошибке", _BY_ITSELF),
    Reason.NOT_STORED: _trouble("не удалось сохранить", "нашей программе не удалось сохранить полученное"),
    Reason.NOT_FOUND: _trouble("404", "по этому адресу больше ничего нет"),
    Reason.GONE: _trouble("410", "сайт сообщает, что страница удалена навсегда"),
    Reason.HTTP_ERROR: _trouble("запрос отклонён", "сайт отклонил запрос как ошибочный"),
    Reason.NOT_A_FEED: _trouble("не лента", "вместо новостной ленты пришла обычная страница"),
    Reason.NOT_JSON: _trouble("нет данных", "вместо данных пришла обычная страница"),
    Reason.NOT_A_SITEMAP: _trouble("не карта сайта", "вместо карты сайта пришла обычная страница"),
    Reason.NOT_A_PAGE: _trouble("не страница", "вместо страницы пришло нечто другое"),
    Reason.NOT_AN_ARTICLE: _trouble("нет текста статьи", "на странице нет статьи"),
    Reason.WRONG_SHAPE: _trouble("другой формат", "формат данных не тот, что указан в настройках"),
    Reason.TOO_LARGE: _trouble(
        "слишком большой ответ",
        "ответ больше допустимого размера",
        "Если всё верно, увеличьте crawler.max_size.",
    ),
    Reason.READER_FAILED: _trouble("не удалось разобрать", "нашей программе не удалось разобрать страницу"),
    Reason.NO_ENTRIES: _trouble("пусто", "список новостей оказался пуст; мы никогда не считаем это «новостей нет»"),
    Reason.ROBOTS: _trouble(
        "robots.txt",
        "файл robots.txt просит таких читателей, как мы, не заходить",
        "Мы следуем этой просьбе: подключите другой источник или обратитесь к сайту.",
    ),
    Reason.FORBIDDEN: _trouble("доступ закрыт", "сайт не открывает нам доступ", _NO_DISGUISE),
    Reason.ADDRESS: _trouble(
        "внутренняя сеть",
        "адрес ведёт во внутреннюю сеть, такие адреса не читаются",
        "Если так задумано, разрешите сеть в crawler.allow_networks.",
    ),
}
