"""Given names that are common in the news of Central Asia, to see that a surname stands beside somebody else's.

From general knowledge, one spelling each; they are compared by `name_fold.folds`, so every script and spelling is
meant.
"""

from __future__ import annotations

from functools import lru_cache

from news.text.name_fold import folds

_KAZAKH = """
    Абай Абзал Абылай Ағабек Адай Аділ Азамат Азат Айбек Айгүл Айгерім Айдар Айдос Айжан Айнұр Айсұлу Айша Ақан Ақмарал
    Ақтоты Алдияр Алибек Алишер Алмаз Алмас Алтай Алтынай Алуа Аман Анар Ануар Арай Ардақ Арман Арсен Артур Аружан
    Арыстан Асан Асель Асем Асет Асқар Асқат Асхат Асылжан Ахмет Әбіш Әділ Әлия Әлібек Әлихан Әмина Әсем Әсия Бағдат
    Бағлан Бақыт Бақытжан Балнұр Батыр Батырхан Бауыржан Бейбіт Бекзат Берік Бибігүл Болат Ботагөз Ғабит Ғалия Ғалым
    Ғалымжан Ғани Гүлбаршын Гүлжан Гүлмира Гүлнара Гүлнәр Гүлсара Дана Данияр Дарига Дархан Дәурен Дидар Дина Динара
    Дінмұхамед Досжан Дулат Ербол Ерболат Ерғали Ержан Еркебұлан Еркін Ерлан Ермек Ерік Есен Жанар Жанат Жанель Жанна
    Жанболат Жандос Жансая Жанұзақ Жеңіс Жомарт Жұлдыз Замира Зарина Зухра Ибрагим Ильяс Индира Исатай Кайрат Камила
    Канат Карина Кемел Куаныш Қайрат Қалия Қанат Қарлығаш Қасым Қуандық Қуаныш Құралай Ләззат Лейла Мади Мадина Майра
    Манас Манат Марал Марат Марғұлан Мақсат Мақпал Мәдина Мейрам Мұрат Мұхамед Мұхтар Мұса Назерке Назым Нұрбек Нұрбол
    Нұргүл Нұрдәулет Нұржан Нұрлан Нұрлыбек Нұрсұлтан Нұртай Олжас Омар Оралбай Оразғали Перизат Рауан Рахат Раушан
    Рашид Ринат Роза Рүстем Рысты Сабина Сабыр Сағадат Салтанат Самал Санат Сандуғаш Саят Серік Серікжан Сәуле Сәния
    Талғат Тамара Тимур Тілек Толқын Төлеген Төлеу Ұлан Ұлжан Улан Фарида Фатима Хадиша Шолпан Шыңғыс Шынар Ырысты
"""
_RUSSIAN = """
    Александр Алексей Алёна Алина Алла Анастасия Анатолий Андрей Анна Антон Аркадий Артём Борис Вадим Валентин Валентина
    Валерий Василий Вера Вероника Виктор Виктория Виталий Владимир Владислав Всеволод Вячеслав Галина Геннадий Георгий
    Григорий Дарья Денис Дмитрий Евгений Евгения Екатерина Елена Елизавета Иван Игорь Илья Инна Ирина Кирилл Константин
    Ксения Лариса Леонид Любовь Людмила Максим Маргарита Марина Мария Михаил Надежда Наталья Никита Николай Оксана Олег
    Ольга Павел Пётр Полина Роман Руслан Светлана Семён Сергей София Станислав Степан Татьяна Тимофей Ульяна Фёдор Юлия
    Юрий Яна Ярослав
"""
_OTHER = """
    Adam Alan Albert Alexander Amina Andrew Angela Anthony Barbara Benjamin Brian Carlos Catherine Charles Christian
    Christine Christopher Daniel David Dennis Donald Edward Elizabeth Emmanuel Eric Francis Frank Gary George Hamid
    Hassan Helen Henry Hussein Ibrahim Ilham Ivan Jack James Jane Jason Jennifer Jessica Joe John Jonathan Joseph Juan
    Julia Karen Kate Kenneth Kevin Laura Linda Lisa Margaret Maria Mark Martin Mary Matthew Melissa Michael Michelle
    Mohammed Nancy Nicholas Nicole Patricia Patrick Paul Peter Philip Rachel Raymond Rebecca Richard Robert Ronald
    Ryan Samuel Sarah Scott Sharon Stephen Steven Susan Thomas Timothy Vladimir Walter William Zhang Shavkat Emomali
    Sadyr Akylbek Gurbanguly Serdar Bakhtiyor Saida Tanzila Sirojiddin Jeenbek Abdulla Akmal Aziz Bobur Botir Dilshod
    Farkhod Gulnora Jamshid Javlon Nodira Otabek Rustam Sanjar Shukhrat Ulugbek Zafar Almazbek Aibek Bakyt Cholpon
    Kubanychbek Nurgul Roza Sooronbay Temir Daler Farrukh Firdavs Manizha Parviz Suhrob Batyr Berdi Gulshat Maral
    Merdan Myrat Oguljan Aliya Anar Elchin Elnur Farid Gunel Jeyhun Kamran Leyla Nigar Orkhan Rashad Sevinj Tural
    Vugar Ahmet Ayşe Emine Hakan Hasan Mehmet Mevlüt Mustafa Recep Selin Yusuf Zeynep Ana Giorgi Irakli Kakha Ketevan
    Levan Mariam Natia Nika Nino Salome Tamar Zurab Abdul Ahmad Ali Amir Hamza Karim Khalid Maryam Omar Said Salim
    Yasmin Ilham Heydar Charles Nariman Zhenis Yerzhan
"""


# English words that are also surnames; Russian ones are asked of the dictionary.
ENGLISH_WORDS = frozenset(
    """baker banks bell best bird bishop black booth brown bush carpenter case chance church cook cross day dean duke
    field fields fish fisher fox french frost german gold good gray green hall hill hope hunter judge justice king
    knight lake law little long major marks marsh mason may miller moon moore north page park parks pope pound power
    powers price prince rice rock rose sanders sharp short singer smith star steel stone story strong summers swift
    taylor walker wall waters west white winter winters wise wolf wood woods worth young""".split()  # noqa: SIM905
)
# Titles in their dictionary form, compared in every form of it.
TITLES = """
    Mr Mrs Ms Dr Sir Minister President Ambassador Secretary Chairman Chairperson Director Coordinator Representative
    Commissioner Governor Senator Akim Deputy Speaker Professor Head envoy chief
    господин госпожа министр президент посол секретарь председатель глава директор координатор представитель комиссар
    аким депутат спикер сенатор губернатор премьер вице-министр замминистра академик профессор директор
    мырза ханым министр президент елші хатшы төраға басшы директор үйлестіруші өкіл комиссар әкім депутат сенатор
    премьер министрі президенті елшісі хатшысы төрағасы басшысы директоры үйлестірушісі өкілі әкімі депутаты
"""


@lru_cache(maxsize=1)
def given_name_folds() -> frozenset[str]:
    """The keys of every name above."""
    return frozenset(key for name in f"{_KAZAKH}{_RUSSIAN}{_OTHER}".split() for key in folds(name))
