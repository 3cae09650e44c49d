"""The components of a reference, in the many ways that people write them («تبصزه ۲ از ماده بیست‌ویکم», «ت2م6»)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.numerals import CARDINALS, NUMBER_STEM, NUMBER_WORD, ORDINAL_WORD, ORDINALS, ascii_digits, number_words

__all__ = [
    "KINDS",
    "PART",
    "SPELLED_LETTERS",
    "Step",
    "as_usual",
    "from_english",
    "number_in",
    "ordered",
    "plain_marker",
    "read_steps",
]

_NUM = (
    rf"(?:\(?\s*(?:[0-9]{{1,4}}(?:[./-][0-9]+)?(?![0-9]|[\s\u200c]*گانه)"
    rf"(?:(?:[\u200c ]?(?:ام|مین|ین)|م)(?![\u0621-\u06cc\u200c]))?\s*\)?"
    rf"|{NUMBER_WORD}))(?:\s*مکرر)?"
)
_LAST = "|".join(sorted((word for word, n in ORDINALS.items() if n < 0), key=len, reverse=True))
_ORDINARY = sorted((word for word, n in ORDINALS.items() if n > 0 and word.endswith("م")), key=len, reverse=True)
_FIRST = rf"(?:اولین|نخستین|آخرین|سی[\s\u200c]?امین|{_LAST}|(?:{NUMBER_WORD}ین)|(?:(?:{ORDINAL_WORD})ین))"
_ANY_KIND = "ماده|تبصره|بند|جز|زیربند|ردیف|پروژه|مرحله|گام|فصل|بخش|مصوبه"
_LETTER = (
    r"(?:(?!م[\s.]*[0-9])\(?(?:الف|هـ|[ابپتثجچحخدذرزژسشصضطظعغفقکگلمنهی])(?![\u0621-\u06cc\u200c0-9])\)?"
    r"|\(و\)|و(?=\s+(?:از\s+)?(?:ماده|تبصره)(?![\u0621-\u06cc])|\s+(?:در\s+)?⟂|\s*[؟?]|\s*$))"
)
#: «تبصره آخرین ماده»: a number before the kind that it is of.
_OF_ANOTHER = rf"[\s\u200c(]*(?:اولین|نخستین|آخرین|(?:{NUMBER_WORD}|{ORDINAL_WORD})ین)\s+(?:{_ANY_KIND})"
#: «۲۱ و ۲۲», «۵ تا ۸»: what may follow a number, and whether it names a range.
_MORE = (
    rf"(?:\s*(?:و|،|,|تا|الی)(?!\s*{_FIRST}(?<=ین)\s+[\u0621-\u06cc])(?!\s*{_FIRST}\s+(?:{_ANY_KIND}))\s*(?:{_NUM})"
    r"(?!\s*(?:(?:کدام|کدوم|چه)\s+)?(?:ماه|روز|سال|درصد|هفته)))*"
)
_ONE = re.compile(rf"{_NUM}|(?<![\u0621-\u06cc]){_LETTER}")
_BETWEEN = ("", "و", "،", ",", "تا", "الی")
_GAP = r"[\s\u200c]*(?:شماره(?:\s*ی(?![\u0621-\u06cc]))?|ی(?![\u0621-\u06cc]))?[\s\u200c:.\-–()]*"

_LETTERS = rf"{_LETTER}(?:\s*(?:و|،)\s*{_LETTER})*"
_PLURAL = r"(?:[\s\u200c]*های)?"
#: Words for each kind of provision, longest first. «م» alone needs a number right behind it.
_WORDS: Mapping[str, str] = {
    "art": rf"(?:مواد|ماده{_PLURAL}|م(?=[\s.]*\(?[0-9]))",
    "note": rf"(?:تبصره{_PLURAL}(?:\s+ذیل)?|تب(?=[\s.]*(?:[0-9]|$))|ت(?=[\s.]*[0-9]))",
    "list": rf"(?:بند{_PLURAL}|قسمت|تعریف)",
    "item": rf"(?:سنجه|شاخص|محور|عضو|مورد|هدف|اقدام|اصطلاح|واژه|وظیفه|قابلیت)(?:ی(?=\s+که\s))?{_PLURAL}",
    "sub": r"(?:جزء|جز|زیربند|زیر بند)",
    "res": r"(?:مصوبه|تصویب\s*[\u200c ]?نامه|قطعنامه)",
    "project": rf"(?:(?:پروژه|طرح){_PLURAL}(?:\s+(?:پیشران|پایلوت))?|project)",
    "timetable": rf"(?:ردیف|سطر){_PLURAL}",
    "stage": rf"(?:(?:مرحله|فاز){_PLURAL}|مراحل)",
    "step": rf"(?:(?:گام|قدم){_PLURAL})",
    "chp": rf"(?:فصل{_PLURAL})",
    "part": r"(?:بخش)",
}
#: Whose kind alone may stand without a number («تبصره ماده ۷»), where any letter may follow its word.
_ALONE = ("art", "note", "step", "stage", "project", "timetable", "chp", "res")
_NUMBERED = rf"(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _WORDS.items() if name not in _ALONE)})"
_MAYBE_NUMBERED = rf"(?:{'|'.join(f'(?P<{name}>{_WORDS[name]})' for name in _ALONE)})"
_FIRST_OF = rf"(?:{'|'.join(f'(?P<{name}_of>{words})' for name, words in _WORDS.items())})"
_ENDS = r"(?![\u0621-\u06cc])"
#: «ماده ۲۱» with its number in `n`, «بند ۲» with one in `m`, «بیست و یکمین ماده» with one in `pre`. The patterns of a
#: number are long: one for each kind took a third of a second of every start.
PART = re.compile(
    r"(?<![\u0621-\u06cc\u200c])(?:"
    rf"{_MAYBE_NUMBERED}(?:{_ENDS}{_GAP}(?P<n>(?!{_OF_ANOTHER}){_NUM}(?!\s*(?:ماه|روز|سال|هفته)){_MORE}|{_LETTERS}))?"
    rf"|{_NUMBERED}{_ENDS}{_GAP}(?P<m>{_NUM}{_MORE}|{_LETTERS}))"
    rf"|(?P<pre>{_FIRST})\s+{_FIRST_OF}{_ENDS}"
)
#: «بند جیم»: letters by their names.
SPELLED_LETTERS: Mapping[str, str] = {"جیم": "ج", "دال": "د"}
_SPELLED = re.compile(rf"(?<![\u0621-\u06cc])((?:بند|جزء?|قسمت)\s+)({'|'.join(SPELLED_LETTERS)})(?![\u0621-\u06cc])")
_EXTERNAL = re.compile(
    r"^[\s)،]*(?:از\s+)?(?:قانون|آ?ا?[یئ]ین\s*[\u200c ]?نامه\s+(?:اجرایی|مالی|استخدام)"
    r"|اساسنامه|کنوانسیون|منشور|برنامه\s+(?:هفتم|ششم|پنجم|چهارم|سوم)(?![\u0621-\u06cc])"
    r"|(?:مکرر\s+)?(?:مالیات[\s\u200c]*های\s+مستقیم|مدنی|تجارت|مجازات|دادرسی|تامین\s+اجتماعی)(?![\u0621-\u06cc]))"
)
#: A law of another name before its article: «قانون کار ماده ۱۲».
_LAW_BEFORE = re.compile(
    r"(?<![\u0621-\u06cc])(?:قانون|اساسنامه|لایحه|آ?ا?[یئ]ین\s*نامه\s+(?:اجرایی|مالی|استخدام))\s+(?!ماده|میگه|می|در|این|م\s*[0-9])\S+"
    r"|آ?ا?[یئ]ین\s*نامه\s+(?:اجرایی|مالی|استخدامی?)\s*$"
)
#: «کمیسیون ماده ۵»: a body that bears the article of a law of its own as its name.
_BODY_BEFORE = re.compile(r"(?<![\u0621-\u06cc])کمیسیون(?:\s?های?)?\s+(?:(?:بدوی|موضوع)\s+)?$")
#: Kinds whose word is whole before a number.
KINDS = "ماده|تبصره|پروژه|ردیف|گام|مرحله"
#: «مادهچهلم»: a kind and its number in one piece.
_GLUED = re.compile(rf"(?<![\u0621-\u06cc\u200c])({KINDS}|مصوبه|فصل|بند)(?!یه|یک)(?={NUMBER_WORD})")
#: Where words that were written without a space come apart: «سلاممیشهماده34», «ت1م21نقشه», «بندبماده4».
_APART = re.compile(
    rf"(?<=[\u0621-\u06cc])(?=(?:{KINDS}|فصل|مصوبه)[0-9])"
    r"|(?<=[0-9])(?!(?:ام|مین|ین|م)(?![\u0621-\u06cc0-9.]))(?=[\u0621-\u06cc])"
    r"|(?<=(?<![\u0621-\u06cc])بند)(?=[\u0621-\u06cc]\s*ماده)|(?<=(?<![\u0621-\u06cc])بند[\u0621-\u06cc])(?=ماده)"
)
#: «شماره ۹ از مواد …», «شماره هفت از مصوبه نخست»
_NUMBER_OF = re.compile(
    rf"شماره\s*({_NUM})\s+(?:از\s+(?:مواد|ماده\s*ها(?:ی)?){_ENDS}|(?:از|در|ذیل)\s+(?=مصوبه{_ENDS}))"
)
#: «عنوان هفدهم از بیست طرح پیشران»
_OF_PROJECTS = re.compile(
    rf"(?:عنوان|شماره|مورد)\s*({_NUM})\s+(?:از|در|بین|میان)\s+(?:(?:بیست|20)\s+)?(?:طرح|پروژه)(?:\s?های)?(?![\u0621-\u06cc])"
)
#: «حکم بین ماده‌های ۲۳ و ۲۵», «طرحی که میان ردیف ۲ و ردیف ۴ آمده», «ماده‌ای که بین هفتمی و نهمی جا گرفته»
_ROWS = rf"{KINDS}|بند"
_SOME = rf"\(?\s*(?:[0-9]{{1,3}}(?![0-9])|(?:{NUMBER_STEM}))\s*\)?ی?"
_BETWEEN_TWO = re.compile(
    rf"(?:(?<![\u0621-\u06cc])(?P<which>{_ROWS})[\s\u200c]*(?:ای\s+که\s+(?:[\u0621-\u06cc]+\s+){{0,7}}|(?:[\u0621-\u06cc]+\s+){{0,2}}))?"
    rf"(?<![\u0621-\u06cc])(?:ما)?(?:بین|میان)\s+(?:(?P<kind>{_ROWS}|مواد)(?:[\s\u200c]?های?)?\s+)?(?P<from>{_SOME})"
    rf"\s+و\s+(?:(?:{_ROWS})\s+)?(?P<to>{_SOME})(?![\u0621-\u06cc0-9])"
)
#: What says that something stands between two: «حکم بین …», «درست میان …».
_STANDS = re.compile(r"(?<![\u0621-\u06cc])(?:حکم|متن|طرح|طرحی|واقع|واقع در|درست|دقیقا)\s*$")
#: «شماره دو از مرحله چهارم», «شماره ۸ جدول پروژه‌های پیشران»
_NUMBER_IN = re.compile(
    rf"(?<!ماده\s)(?<!پروژه\s)(?<!ردیف\s)(?<!بند\s)(?<!تبصره\s)شماره\s*({_NUM})\s+"
    rf"(?:(?:از|در|ذیل|توی?)\s+(?=(?P<in>ماده|تبصره|مرحله)(?![\u0621-\u06cc]))|(?:(?:از|در|توی?)\s+)?(?:این\s+|ان\s+)?(?=(?P<table>جدول|فهرست|لیست)))"
)
#: «حکم شماره دوازده»
_RULE = re.compile(
    rf"(?<![\u0621-\u06cc])حکم(?=\s+شماره(?:\s*ی)?\s+(?:[0-9]|{NUMBER_WORD}))"
    rf"|(?<=ین\s)حکم(?:\s+شماره[\s\u200c]*دار)?(?=\s)"  # «بیست و دومین حکم شماره‌دار»
)
#: «از دو بند ماده هشت …، دومی», «از سه تصمیم آن جلسه، دومی»
_ONE_OF_ITS = re.compile(
    rf"(?:از|بین|میان)\s+(?:(?:بین|میان|ان|اون|این)\s+)*(?:[0-9]+|{NUMBER_STEM})\s+(?:تا\s+)?(?P<kind>ماده|تبصره|بند|جزء?|مصوبه|تصمیم|مرحله|گام|فصل)(?:[\s\u200c]*ای)?(?=\s)"
    rf"(?P<of>[^؟?،,]*)[،,]\s*(?P<nth>{ORDINAL_WORD})ی(?![\u0621-\u06cc])"
    # «گام سوم چهار تا ماده داره، سومیش»
    rf"|(?<![\u0621-\u06cc])(?:[0-9]+|{NUMBER_STEM})\s+(?:تا\s+)?(?P<has>ماده|تبصره|بند)\s+(?:دار|هست|است|داشت)[\u0621-\u06cc]*"
    rf"\s*[،؛,]\s*(?P<its>{ORDINAL_WORD})(?:یش|ی)(?![\u0621-\u06cc])"
)
_DECISION = "تصمیم"
#: «دومین مصوبه از سه مصوبه …»
_OF_AS_MANY = re.compile(
    rf"(?P<one>{_FIRST}\s+(?P<kind>{_ANY_KIND}))\s+(?:از|بین|میان)\s+(?:این\s+|ان\s+|اون\s+)?(?:[0-9]{{1,2}}|{NUMBER_STEM})\s+(?:تا\s+)?(?P=kind)(?![\u0621-\u06cc])"
)
_CHAPTER = re.compile(r"(?<![\u0621-\u06cc])فصل(?![\u0621-\u06cc])")
#: «فصل چهارم (مواد ۱۲ تا ۲۱)», «فصل ششم (بعد از ماده ۲۵)»: where a chapter stands, said by the way.
_ITS_ARTICLES = re.compile(
    r"(?<=[\u0621-\u06cc0-9⟂])\s*\(\s*(?:(?:بعد|پس|قبل|پیش|شامل|یعنی)\s*(?:از\s*)?(?:مواد|ماده)|(?:مواد|ماده)(?=[^()]*\sتا\s))(?:[\s\u200c]*های)?\s[^()]*\)"
    r"|[،,\s]+(?:(?:همان|همون|ان|اون)\s+)?که\s+(?:با|از)\s+ماده\s+\S+\s+(?:شروع|اغاز)(?:\s+(?:می\s?)?(?:شود|شه|میشه|شده|شد|میشود))?"
    r"|[،,\s]+(?:یعنی\s+)?(?:همان|همون|ان|اون)\s+فصلی\s+که\s+(?:مواد|ماده)\s[^؟?،,]*?(?:دارد|داره|گرفته|است)(?![\u0621-\u06cc])"
)
#: «ماده‌ای با شماره نوزده»
_OF_NUMBER = re.compile(rf"({KINDS})[\s\u200c]*(?:ای\s+)?(?:با|به|دارای)\s+شماره(?:\s*ی)?(?=[\s0-9])")
#: «بیست و یکمین ماده»: the number before its kind.
_NTH = re.compile(rf"(?<![\u0621-\u06cc\u200c])(?P<n>{NUMBER_STEM})ین\s+(?P<kind>{_ANY_KIND})(?![\u0621-\u06cc])")
#: «تبصره چهارمشو», «ماده هفتمم»: a number with a pronoun, an ending or a slip behind it.
_ITS_NTH = re.compile(
    rf"(?<=[\s\u200c])(?P<n>{'|'.join((*_ORDINARY, 'اخر'))})"
    r"(?:[\s\u200c]?(?:شونو|شو|شون|شان|ش|اش)|م|و)(?![\u0621-\u06cc])"
)
#: «ماده‌ای که زیر عنوان بودجه آمده و شماره ۳۴ دارد»
_STANDS_AS = re.compile(
    rf"(?P<kind>ماده|تبصره)[\s\u200c]*ای\s+که\s(?P<between>(?:(?!{KINDS})[^؟?])*?)(?:و\s+|با\s+|به\s+)?شماره(?:[\s\u200c]*های)?"
    rf"\s+(?=[0-9]|{NUMBER_WORD})"
)
#: «ماده هفتش رو»
_ITS_NUMBER = re.compile(
    rf"({KINDS})\s+({'|'.join(sorted(CARDINALS, key=len, reverse=True))})(?:شونو|شو|ش)(?![\u0621-\u06cc])"
)
#: «ماده‌ای که شماره‌اش ۲۲ است»
_WHOSE_NUMBER = re.compile(rf"({KINDS})[\s\u200c]*(?:ای\s+)?که\s+شماره[\s\u200c]*(?:ا?ش|ی\s+ان)?(?=\s)")
#: «ردیف ۱ زیر بند پ»: «زیر» is where, not what.
_UNDER = re.compile(rf"((?:ردیف|جزء?|مورد)\s+{_NUM})\s+(?:زیر|ذیل)\s+(?=بند)")
#: «نقشه راه مصوب ۱۴۰۴»: a year is no number of a resolution.
_OF_YEAR = re.compile(r"(?<![\u0621-\u06cc])مصوبه?\s+(?:در\s+)?(?:سال\s+)?(?=1[34][0-9]{2}(?![0-9/.-]))")
#: «تبصره ماده ۱۰ که به ماده ۶ نقشه راه ارجاع می‌دهد»: what a provision cites is not what is asked for.
_CITING = re.compile(r"\sکه\s+(?:به|از|در)\s+(?:[^؟?،]*?\s)?(?:ارجاع|اشاره|استناد)\S*")
#: «از ماده ۱ تا ماده ۳», «ماده پنجم و ماده ششم», «بند الف و بند ب»: the word is said once. «تبصره ۲، ماده ۵» are two,
#: and «بند ۱، بند ب» is an item within an item.
_SAID_AGAIN = re.compile(
    rf"(?P<said>(?P<kind>{KINDS})\s*(?:[0-9]+|{NUMBER_WORD}))\s*(?P<between>تا|الی|و|،)\s*(?P=kind)\s*(?=[0-9]|{NUMBER_WORD})"
    rf"|(?P<said_item>(?<![\u0621-\u06cc])(?P<item>بند|جزء?)\s+(?:{_NUM}|{_LETTER}))\s+(?P<and>و|تا|الی)\s+(?P=item)\s+"
    rf"(?={_NUM}|{_LETTER})"
)
_NOTES_OR_TABLES = r"نه\s+(?:تبصره|مرحله|مراحل|جدول)[\s\u200c]?(?:ها|های|هاش|هایش|ش|اش)?(?![\u0621-\u06cc])"
_NUMBERED_BEFORE = "".join(rf"(?<!{word}\s)" for word in ("ماده", "تبصره", "ردیف", "مرحله", "گام", "شماره"))
#: «ماده ۶ (نه در مراحل آخر سند)», «خود ماده نه تبصره‌هاش»: what is named to be left out; «ماده (نه)» is a number.
_NOT_MEANT = re.compile(
    # «تبصره‌اش را نمی‌خواهم»
    r"تبصره[\s\u200c]?(?:ها|های)?(?:ش|اش)?\s+(?:را|رو)\s+ن(?:می)?\s?(?:می\s?)?خوا(?:هم|م|هیم|یم)(?![\u0621-\u06cc])|"
    rf"\(\s*نه\s[^)]+\)|(?<=خود ماده\s){_NOTES_OR_TABLES}(?!\s*[0-9])"
    rf"|(?<![\u0621-\u06cc])(?<!\sو\s){_NUMBERED_BEFORE}{_NOTES_OR_TABLES}"
)
#: «ماده ۵ همان سند چرخه»: the name says which.
_THE_SAME = re.compile(
    r"(?<![\u0621-\u06cc])(?:همان|همون|همین|خود)\s+(?:سند|متن|مصوبه|مقرره|دستورالعمل|بخشنامه)\s+(?=[\u0621-\u06cc])"
)
#: «با ذکر ماده و تبصره», «شماره ماده یا تبصره»: no note is cited.
_SOME_NOTE = re.compile(
    r"(?<![\u0621-\u06cc])(?P<kind>ماده|مواد)\s*(?:و|یا)\s*تبصره(?:\s?ها)?(?![\u0621-\u06cc])(?!\s*[0-9(])"
)
_WHICH = re.compile(r"(?<![\u0621-\u06cc])(?:کدام|کدوم|چه|چند(?:\s*تا)?|[اآ]ن|اون|همان|همون)\s+$")
#: «آن تبصره‌ای که زیر ماده ۴ آمده»
_THAT_STANDS = re.compile(r"[\s\u200c]*ای\s+که\s+(?:زیر|ذیل|پای|در)(?=\s)")
#: «ماده ۱۶ تبصرش»
_ITS_NOTE = re.compile(r"(?<![\u0621-\u06cc])تبصر(?:ه[\s\u200c]*ا?)?ش(?![\u0621-\u06cc])")
_EZAFE = re.compile(r"(?<![\u0621-\u06cc])(ماده|تبصره|پروژه|مرحله|مصوبه|نقشه)[\s\u200c]+ی(?=[\s\u200c(])")
_LATIN = {
    "made(?:h|ye|-ye)?": "ماده", "tabsar(?:e|eh|eye|e-ye)": "تبصره",
    "article": "ماده", "art": "ماده", "note": "تبصره", "clause": "بند", "item": "بند", "chapter": "فصل", "part": "بخش",
    "step": "گام", "stage": "مرحله", "phase": "مرحله", "row": "ردیف", "table": "جدول", "timetable": "جدول",
    "project": "پروژه", "resolution": "مصوبه", "preface": "دیباچه", "roadmap": "نقشه راه", "of": "", "the": "",
    "smart cycle": "چرخه", "cycle": "چرخه", "data governance": "حکمرانی داده", "smart government": "دولت هوشمند",
} | {
    f"na{x}she{h} ?ra{e}": "نقشه راه" for x in ("gh", "q") for h in ("", "h") for e in ("h", "he")
}  # fmt: skip
_LATIN_PHRASE = re.compile(
    "|".join(rf"\b(?:{words})\b" for words in sorted(_LATIN, key=len, reverse=True)), re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Step:
    """One component of a reference: («note», ("2",)); no numbers where it only names the kind («تبصره ماده ۷»)."""

    family: str
    numbers: tuple[str, ...]


def read_steps(text: str, *, named: bool) -> tuple[list[Step], str, bool]:
    """Components in the order written, the text without them, and whether another law is cited.

    `named`: one of our regulations is named, so that a law before the article is not the one cited.
    """
    while (once := _SAID_AGAIN.sub(_said_once, text)) != text:
        text = once
    steps: list[Step] = []
    rest, last_end, first_start = [], 0, None
    of_a_law = False
    for found in PART.finditer(text):
        family, number = _family_of(found), number_in(found)
        values = _values(number) if number else ()
        if (number is None and family != "note") or (number and not values):
            continue
        if number is None and _WHICH.search(text[: found.start()]) and not _THAT_STANDS.match(text[found.end() :]):
            continue  # «به کدام تبصره …» asks for it
        steps.append(Step(family, values))
        of_a_law = of_a_law or bool(
            not named and family in ("art", "note", "list") and _EXTERNAL.match(text[found.end() :])
        )
        rest.append(text[last_end : found.start()])
        last_end, first_start = found.end(), found.start() if first_start is None else first_start
    rest.append(text[last_end:])
    if any(s.family == "note" and s.numbers for s in steps):  # «چند تبصره دارد؟ تبصره چهارم»
        steps = [s for s in steps if s.numbers]
    steps = [s for s in steps if s.numbers or _has(steps, "art", "step", "stage", "chp")]
    if _has(steps, "art"):  # «ردیف ۳ ماده ۵»
        steps = [Step("sub", s.numbers) if s.family == "timetable" else s for s in steps]
    articles = [s for s in steps if s.family == "art"]
    if len(articles) == len(steps) > 1:  # «ماده ۲۱ نقشه راه ماده ۲۲ نقشه راه»
        steps = [Step("art", tuple(dict.fromkeys(n for s in articles for n in s.numbers)))]
    if _has(steps, "note"):  # «مورد دوم تبصره ۲»
        steps = [Step("list", s.numbers) if s.family == "item" else s for s in steps]
    if _has(steps, "stage"):  # a stage's own parts, one for each body that acts in it
        steps = [Step("actor", s.numbers) if s.family in ("part", "timetable") else s for s in steps]
    if _has(steps, "timetable"):  # «بخش سوم ردیف چهارم»
        steps = [Step("list", s.numbers) if s.family == "part" else s for s in steps]
    if not _has(steps, "list"):  # «جزء ۲ ماده ۵» without its «بند»
        steps = [Step("list", s.numbers) if s.family == "sub" else s for s in steps]
    before = text[:first_start]
    external = _has(steps, "art", "note", "list") and bool(
        of_a_law
        or _EXTERNAL.match(text[last_end:])
        or (not named and (_LAW_BEFORE.search(before) or _BODY_BEFORE.search(before)))
    )
    return steps, " ".join(rest).strip(), external


def number_in(part: re.Match[str]) -> str | None:
    """The number of a part that `PART` found, as it was written."""
    number: str | None = part["n"] or part["m"] or part["pre"]
    return number


def _family_of(part: re.Match[str]) -> str:
    return next(name for name in _WORDS if part[name] or part[f"{name}_of"])


def _said_once(found: re.Match[str]) -> str:
    return f"{found['said'] or found['said_item']} {found['between'] or found['and']} "


def as_usual(text: str) -> str:
    """A reference with slips, Latin words and turned orders in the form that `PART` reads."""
    in_persian = from_english(text)
    if not re.search("[A-Za-z]", in_persian):
        text = in_persian
    text = _OF_YEAR.sub("", _THE_SAME.sub("", text))
    text = _NOT_MEANT.sub(" ", re.sub("«\\s*و\\s*»", "(و)", text))
    if (citing := _CITING.search(text)) and re.search(r"[0-9]", text[: citing.start()]):
        text = f"{text[: citing.start()]} {text[citing.end() :]}"
    text = _SOME_NOTE.sub(r"\g<kind> ", text)
    text = _OF_AS_MANY.sub(r"\g<one>", text)
    if (chapter := _CHAPTER.search(text)) and (articles := _ITS_ARTICLES.search(text, chapter.end())):
        text = f"{text[: articles.start()]} {text[articles.end() :]}"
    text = _GLUED.sub(r"\1 ", _EZAFE.sub(r"\1", re.sub('[«»"]', " ", text)))
    text = _APART.sub(" ", text)
    text = _ITS_NOTE.sub("تبصره ", text)
    text = _OF_NUMBER.sub(r"\1 ", _NUMBER_IN.sub(_number_in, _NUMBER_OF.sub(r"ماده \1 ", _RULE.sub("ماده", text))))
    text = _OF_PROJECTS.sub(r"پروژه \1 ", text)
    text = _BETWEEN_TWO.sub(_one_between, text)
    text = _ONE_OF_ITS.sub(_one_of_its, text)
    text = _STANDS_AS.sub(r" \g<between> \g<kind> ", text)
    text = _ITS_NUMBER.sub(r"\1 \2", text)
    text = _UNDER.sub(r"\1 ", _WHOSE_NUMBER.sub(r"\1 ", _ITS_NTH.sub(r"\g<n>", text)))
    text = _NTH.sub(_number_last, text)
    return _SPELLED.sub(lambda m: m[1] + SPELLED_LETTERS[m[2]], text)


def _one_between(found: re.Match[str]) -> str:
    """The one between two; more than one, or none, is another question, and so is how two differ."""
    if not found["which"] and not _STANDS.search(found.string[: found.start()]):
        return found.group()
    first, last = (number_words(found[end].strip("() ")) for end in ("from", "to"))
    kind = (found["kind"] or found["which"] or "").replace("مواد", "ماده")
    return f"{kind} {first + 1}" if kind and first and last and last - first == 2 else found.group()


def _one_of_its(found: re.Match[str]) -> str:
    if found["has"]:
        return f"{found['has']} {found['its']} "
    kind = "مصوبه" if found["kind"] == _DECISION else found["kind"]
    return f"{kind} {found['nth']} {found['of']} "


def _number_in(found: re.Match[str]) -> str:
    kind = "ردیف" if found["table"] else "بخش" if found["in"] == "مرحله" else "بند"
    return f"{kind} {found[1]} "


def from_english(text: str) -> str:
    """«article 21 roadmap» with the words of references in Persian."""
    return _LATIN_PHRASE.sub(lambda m: _from_latin(m.group()), text)


def _from_latin(phrase: str) -> str:
    return next(persian for words, persian in _LATIN.items() if re.fullmatch(words, phrase, re.IGNORECASE))


def _number_last(found: re.Match[str]) -> str:
    value = number_words(found.group("n")) or 0
    return f"{found.group('kind')} {value}" if value > 0 else found.group()  # «آخرین» stays as it is


def _has(steps: Sequence[Step], *families: str) -> bool:
    return any(step.family in families for step in steps)


def _values(number: str) -> tuple[str, ...]:
    """«۲۱ و ۲۲», «اول و دوم» as two, «۵ تا ۸» as 5 to 8; () where it cannot be read."""
    if number.strip(" ()") == "و":  # the letter, not «and»
        return ("و",)
    values: list[str] = []
    end, until = 0, False
    for found in _ONE.finditer(number):
        between, end = number[end : found.start()], found.end()
        if between.strip(" ()") not in _BETWEEN or (value := _value(found.group())) is None:
            return ()
        until = between.strip() in ("تا", "الی")
        if until and values and values[-1].isdigit() and value.isdigit() and int(values[-1]) < int(value) < 100:
            values += [str(n) for n in range(int(values[-1]) + 1, int(value))]
        values.append(value)
    return tuple(values) if not number[end:].strip(" ()") else ()


def _value(number: str) -> str | None:
    number = re.sub(r"[()\s]+", " ", number).strip()
    if re.fullmatch(r"الف|هـ|[\u0621-\u06cc]", number) and number_words(number) is None:
        return plain_marker(number)
    if number.endswith("مکرر") or re.fullmatch(r"[0-9]+[./-][0-9]+", number):
        return number
    digits = re.match(r"[0-9]+", number)
    value = int(digits.group()) if digits else number_words(number)
    return None if value is None else str(value)


_RANK = {
    "res": 0,
    "part": 1,
    "chp": 2,
    "stage": 3,
    "step": 3,
    "actor": 4,
    "art": 4,
    "timetable": 4,
    "project": 4,
    "note": 6,
    "list": 7,
    "item": 7,
    "sub": 8,
}


def ordered(steps: Sequence[Step]) -> list[Step]:
    """From the outside in, whichever way it was written: «تبصره ۲ ماده ۶» and «ماده ۶ تبصره ۲».

    «بند ۱ تبصره ۲» is inside the note, «تبصره بند ب» inside the list item: what is written first is the inner one in
    Persian.
    """
    # The same said twice is one step, but «بند ۱ بند ۱» is an item within an item.
    unique = [s for n, s in enumerate(steps) if s.family == "list" or s not in steps[:n]]
    inner_first = _RANK[unique[-1].family] < _RANK[unique[0].family]  # «بند ۲ بند ب ماده ۴»
    chain = sorted(reversed(unique) if inner_first else unique, key=lambda s: _RANK[s.family])
    families = [s.family for s in unique]
    if "note" in families and "list" in families and "art" in families:
        article_last = families.index("art") == len(families) - 1
        note, item = families.index("note"), families.index("list")
        if (note < item) == article_last:  # «تبصره بند ب ماده ۴» / «ماده ۴ بند ب تبصره»
            chain = [*(s for s in chain if s.family not in ("note", "list")), unique[item], unique[note]]
    return chain


def plain_marker(marker: str) -> str:
    """«الف)», «ا» and «۱» of a list item in one spelling."""
    marker = ascii_digits(marker).strip(" ().-")
    return {"ا": "الف", "هـ": "ه"}.get(marker, marker)
