"""Why a source or a page could not be read, and what to do about it: Kazakh."""

from __future__ import annotations

from collections.abc import Mapping

from news.visit import Reason
from scheduler.digest.words.vocabulary import Trouble

_BY_ITSELF = "Оқу әрекеті өздігінен қайталанады."
_LOOK = "Қолмен тексеру керек: не келетінін presswatch source test көрсетеді."
_OFFLINE = "Барлық дереккөзде осылай болса: интернет жоқ немесе прокси қажет (presswatch doctor)."
_NO_DISGUISE = "Біз бүркенбейміз: сайттан рұқсат сұраңыз немесе басқа дереккөзді қосыңыз."


def _trouble(brief: str, happened: str, remedy: str = _LOOK) -> Trouble:
    return Trouble(brief=brief, happened=happened, remedy=remedy)


TROUBLES: Mapping[Reason, Trouble] = {
    Reason.NONE: _trouble("әлі сұралған жоқ", "себебі көрсетілмеген", _BY_ITSELF),
    Reason.TIMEOUT: _trouble("жауап жоқ", "сайт уақытында жауап бермеді", _BY_ITSELF),
    Reason.DNS: _trouble("мекенжай табылмады", "сайттың атауы интернеттен табылмады", _OFFLINE),
    Reason.CONNECTION: _trouble("байланыс жоқ", "байланыс орнату мүмкін болмады", _OFFLINE),
    Reason.TLS: _trouble(
        "сертификаты жарамсыз",
        "сайттың сертификатын тексеру мүмкін болмады",
        "Сертификат жарамды болғанда оқу жалғасады; трафикті прокси тексерсе, crawler.ca_bundle көрсетіңіз.",
    ),
    Reason.SERVER_ERROR: _trouble("сайт қатесі", "сайттың өзінде қате бар", _BY_ITSELF),
    Reason.THROTTLED: _trouble(
        "күтуді сұрады",
        "сайт сирегірек кіруді сұрады",
        "Сайт сұраған үзілістен кейін оқу жалғасады.",
    ),
    Reason.CHALLENGE: _trouble(
        "робот емес екенін тексеру", "сайт жаңалықтың орнына «робот емеспін» тексеруін көрсетті", _NO_DISGUISE
    ),
    Reason.TRUNCATED: _trouble("жауап үзіліп қалды", "сайттың жауабы үзіліп қалды", _BY_ITSELF),
    Reason.DEADLINE: _trouble("тым ұзаққа созылды", "оқу тым ұзаққа созылып, тоқтатылды", _BY_ITSELF),
    Reason.CANCELLED: _trouble("үзілді", "presswatch бағдарламасы тоқтатылғандықтан оқу үзілді", _BY_ITSELF),
    Reason.API_ERROR: _trouble("сайт қатесі", "сайттың бағдарламалық интерфейсі қате туралы хабарлады", _BY_ITSELF),
    Reason.NOT_STORED: _trouble("сақталмады", "бағдарламамыз келген деректі сақтай алмады"),
    Reason.NOT_FOUND: _trouble("404", "бұл мекенжайда енді ештеңе жоқ"),
    Reason.GONE: _trouble("410", "сайт бұл беттің біржола жойылғанын хабарлады"),
    Reason.HTTP_ERROR: _trouble("сұрау қабылданбады", "сайт сұрауды қате деп қабылдамады"),
    Reason.NOT_A_FEED: _trouble("таспа емес", "жаңалықтар таспасының орнына кәдімгі бет келді"),
    Reason.NOT_JSON: _trouble("дерек жоқ", "деректің орнына кәдімгі бет келді"),
    Reason.NOT_A_SITEMAP: _trouble("сайт картасы емес", "сайт картасының орнына кәдімгі бет келді"),
    Reason.NOT_A_PAGE: _trouble("бет емес", "беттің орнына басқа нәрсе келді"),
    Reason.NOT_AN_ARTICLE: _trouble("мақала мәтіні жоқ", "бетте мақала жоқ"),
    Reason.WRONG_SHAPE: _trouble("пішімі басқа", "деректің пішімі баптауда көрсетілгеннен басқа"),
    Reason.TOO_LARGE: _trouble(
        "жауап тым үлкен",
        "жауап рұқсат етілген көлемнен үлкен",
        "Бәрі дұрыс болса, crawler.max_size мәнін арттырыңыз.",
    ),
    Reason.READER_FAILED: _trouble("талданбады", "бағдарламамыз бетті талдай алмады"),
    Reason.NO_ENTRIES: _trouble("бос", "жаңалықтар тізімі бос шықты; біз мұны ешқашан «жаңалық жоқ» деп санамаймыз"),
    Reason.ROBOTS: _trouble(
        "robots.txt",
        "robots.txt файлы біз сияқты оқырмандардың кірмеуін сұрайды",
        "Біз бұл өтінішті орындаймыз: басқа дереккөзді қосыңыз немесе сайтқа хабарласыңыз.",
    ),
    Reason.FORBIDDEN: _trouble("рұқсат жоқ", "сайт бізге рұқсат бермейді", _NO_DISGUISE),
    Reason.ADDRESS: _trouble(
        "ішкі желі",
        "мекенжай ішкі желіге апарады, ондай мекенжайлар оқылмайды",
        "Осылай болуы керек болса, желіге crawler.allow_networks арқылы рұқсат беріңіз.",
    ),
}
