"""Words that stand in nearly every text: a watch of nothing else is refused, and none is looked up by them.

Closed classes only (articles, pronouns, prepositions, conjunctions, particles, forms of "to be"), in lower case with ё
as е.
"""

from __future__ import annotations

_ENGLISH = """
a an the and or but nor so yet if then than as at by for from in into of off on onto out over to up down with within
without under upon about above across after against along among around before behind below beneath beside between
beyond during except inside near outside since through throughout till until toward towards via i me my mine we us our
ours you your yours he him his she her hers it its they them their theirs this that these those who whom whose which
what when where why how all any both each few more most other some such no not only own same too very also just there
here be am is are was were been being do does did doing have has had having can could may might must shall should will
would
"""
_RUSSIAN = """
и а но или либо да же ли бы не ни что чтобы как так то если когда где куда откуда почему зачем потому поэтому хотя пока
в во на по с со к ко у о об обо от ото до из изо за для при про над под перед через между без после около среди против
ради вокруг кроме вместо я мне меня мной мы нас нам нами ты тебя тебе тобой вы вас вам вами он его ему им нем она ее ей
ею ней оно они их ими них себя себе собой мой моя мое мои моего моей моих твой твоя твое твои наш наша наше наши нашего
нашей наших ваш ваша ваше ваши свой своя свое свои своего своей своих этот эта это эти этого этой этих этому этим тот та
те того той тех тому тем весь вся все всего всей всех всем кто кого кому кем чей который которая которое которые
которого которой которых какой какая какое какие такой такая такое такие сам сама само сами быть был была было были
будет будут есть нет еще уже только лишь даже очень более менее также тоже там тут здесь
"""
_KAZAKH = """
және мен пен бен немесе не әлде ал бірақ алайда дегенмен да де та те ма ме ба бе па пе ғой ғана тек үшін туралы жайлы
арқылы дейін кейін бұрын бері сайын сияқты секілді болып бол болды болған болады болатын еді екен емес жоқ бар мына
мынау бұл осы сол ол олар оның оны оған онда одан онымен мен сен сіз біз менің сенің сіздің біздің біздер сіздер олардың
өз өзі өзінің өзіне кім не нені қай қайсы қандай қалай қашан қайда неге барлық барлығы бәрі әр әрбір кейбір бір тағы
енді әлі өте ең көп аз деп дейді деген
"""

STOPWORDS = frozenset(f"{_ENGLISH} {_RUSSIAN} {_KAZAKH}".split())
