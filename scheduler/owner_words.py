"""The words of the owner's mail, one table a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from news.trouble import TroubleKind


@dataclass(frozen=True, kw_only=True)
class OwnerWords:
    """All words of one language. locale: Babel's name; kinds: a line a kind, {about} is what it happened to.

    count: headline by CLDR plural category; since, over: {since}, {until} are instants; times: {times} is a number.
    remedies: what to do, of kinds where that is not said otherwise; remarks: what feedback is about, by its kind.
    """

    locale: str
    count: Mapping[str, str]
    all_over: str
    since: str
    over: str
    times: str
    kinds: Mapping[str, str]
    remedies: Mapping[str, str]
    remarks: Mapping[str, str]
    look: str
    foot: str


ENGLISH = OwnerWords(
    locale="en",
    count={"one": "{n} trouble", "other": "{n} troubles"},
    all_over="over again",
    since="since {since}",
    over="from {since} to {until}, now over",
    times="{times} times",
    kinds={
        TroubleKind.SOURCE: "Source {about} is not well",
        TroubleKind.OFFLINE: "This computer reaches no site",
        TroubleKind.DISK: "The disk is nearly full",
        TroubleKind.DATABASE: "The database cannot be written",
        TroubleKind.READERS: "Reader processes keep dying",
        TroubleKind.CHANNEL: "Channel {about} delivers nothing",
        TroubleKind.GAP: "Source {about}: items of this time may have been missed",
        TroubleKind.MOVED: "Source {about} has moved",
        TroubleKind.GONE: "Source {about} says that it is gone for good",
        TroubleKind.PAUSED: "Nobody writes to {about} any more",
        TroubleKind.UNCONFIRMED: "{about} has not agreed to get digests",
        TroubleKind.FEEDBACK: "Feedback of {about}",
    },
    remedies={
        TroubleKind.PAUSED: "When the address works again, or they ask for it: presswatch recipient resume {about}",
        TroubleKind.UNCONFIRMED: "If they agreed: presswatch recipient confirm {about}",
    },
    remarks={"irrelevant": "Not relevant", "missing": "Missing"},
    look="More is said by: presswatch doctor, presswatch source list",
    foot="Sent by presswatch to whoever looks after it. Further troubles are gathered for {pause}.",
)

RUSSIAN = OwnerWords(
    locale="ru",
    count={"one": "{n} неполадка", "few": "{n} неполадки", "many": "{n} неполадок", "other": "{n} неполадки"},
    all_over="устранено",
    since="с {since}",
    over="с {since} до {until}, устранено",
    times="повторений: {times}",
    kinds={
        TroubleKind.SOURCE: "Сбой в источнике {about}",
        TroubleKind.OFFLINE: "С этого компьютера не открывается ни один сайт",
        TroubleKind.DISK: "Заканчивается место на диске",
        TroubleKind.DATABASE: "Не удаётся записать в базу данных",
        TroubleKind.READERS: "Процессы чтения страниц аварийно завершаются",
        TroubleKind.CHANNEL: "Канал {about} не доставляет сообщения",
        TroubleKind.GAP: "Источник {about}: материалы за это время могли быть пропущены",
        TroubleKind.MOVED: "Источник {about} переехал на другой адрес",
        TroubleKind.GONE: "Источник {about} сообщает, что закрыт навсегда",
        TroubleKind.PAUSED: "Отправка на {about} приостановлена",
        TroubleKind.UNCONFIRMED: "Нет согласия на дайджесты от {about}",
        TroubleKind.FEEDBACK: "Отзыв: {about}",
    },
    remedies={
        TroubleKind.PAUSED: "Когда адрес снова заработает или получатель попросит: presswatch recipient resume {about}",
        TroubleKind.UNCONFIRMED: "Если согласие есть: presswatch recipient confirm {about}",
    },
    remarks={"irrelevant": "Не по теме", "missing": "Не хватает"},
    look="Подробнее: presswatch doctor, presswatch source list",
    foot="Это письмо presswatch отправляет тому, кто за ним присматривает. Следующее придёт не раньше чем через: "
    "{pause}.",
)

KAZAKH = OwnerWords(
    locale="kk",
    count={"one": "{n} ақау", "other": "{n} ақау"},
    all_over="жойылды",
    since="{since} бастап",
    over="{since} – {until}, жойылды",
    times="қайталануы: {times}",
    kinds={
        TroubleKind.SOURCE: "{about} дереккөзінде ақау бар",
        TroubleKind.OFFLINE: "Бұл компьютерден бірде-бір сайт ашылмайды",
        TroubleKind.DISK: "Дискіде орын таусылып барады",
        TroubleKind.DATABASE: "Дерекқорға жазу мүмкін болмай тұр",
        TroubleKind.READERS: "Беттерді оқу процестері қайта-қайта тоқтап қалады",
        TroubleKind.CHANNEL: "{about} арнасы хабар жеткізбейді",
        TroubleKind.GAP: "{about} дереккөзі: осы уақыттағы материалдар өткізіп алынған болуы мүмкін",
        TroubleKind.MOVED: "{about} дереккөзінің мекенжайы өзгерді",
        TroubleKind.GONE: "{about} дереккөзі біржола жабылғанын хабарлайды",
        TroubleKind.PAUSED: "{about} мекенжайына жіберу тоқтатылды",
        TroubleKind.UNCONFIRMED: "{about} дайджест алуға әлі келіскен жоқ",
        TroubleKind.FEEDBACK: "Пікір: {about}",
    },
    remedies={
        TroubleKind.PAUSED: "Мекенжай қайта жұмыс істесе не алушы сұраса: presswatch recipient resume {about}",
        TroubleKind.UNCONFIRMED: "Келіскен болса: presswatch recipient confirm {about}",
    },
    remarks={"irrelevant": "Тақырыпқа қатысы жоқ", "missing": "Жетіспейді"},
    look="Толығырақ: presswatch doctor, presswatch source list",
    foot="Бұл хатты presswatch өзіне жауапты адамға жібереді. Келесі хаттың келу аралығы: {pause}.",
)

OWNER_WORDS: Mapping[str, OwnerWords] = {"en": ENGLISH, "ru": RUSSIAN, "kk": KAZAKH}
