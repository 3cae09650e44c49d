"""What a question is after: its intent, and what it asks of the provision on the table.

Patterns run on folded text (one form of each letter, ASCII digits, half-spaces as spaces). They decide the shape of the
answer; which provision answers is decided by search and references.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from knowledge.analysis import ZWNJ, fold
from knowledge.answers import Intent

__all__ = ["FollowUp", "Reading", "plain", "read_question"]


class FollowUp(StrEnum):
    """Questions about what was just shown."""

    NOTES = "notes"
    NEXT = "next"
    PREVIOUS = "previous"
    DEADLINE = "deadline"
    RESPONSIBLE = "responsible"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Reading:
    """A question read: `plain` is its folded text; `follow_up` is set only where it cannot stand alone."""

    plain: str
    intent: Intent
    follow_up: FollowUp | None
    defined_term: str | None
    asks_duties_of: bool
    asks_rows: bool


def plain(text: str) -> str:
    """Folded text with half-spaces and runs of white space as single spaces."""
    return re.sub(r"\s+", " ", fold(text).replace(ZWNJ, " ")).strip()


_END = r"(?![\u0621-\u06cc])"
_BEGIN = r"(?<![\u0621-\u06cc])"


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile(f"{_BEGIN}(?:{'|'.join(alternatives)}){_END}")


_DEADLINE = _pattern(
    "مهلت\\w*", "ضرب ?الاجل\\w*", "موعد\\w*", "سررسید\\w*", "سر رسید\\w*", "ددلاین\\w*", "دد لاین", "فرصت داره?", "فرصت دارند?", "وقت دار\\w+", "وقت داشت\\w*",
    "تا کی", "تا چه (?:زمان|تاریخ|وقت|موقع|سال|ماه)\\w*", "چه (?:زمانی|تاریخی|موقعی|موقع|تاریخ|زمان)", "(?:چند|چقدر|چقد|چن) (?:ماه|روز|هفته|سال|وقت|زمان|مدت)\\w*", "چه مدت\\w*",
    "کی (?:باید|تموم|تمام|بود|است|هست|میشه|می شه|انجام|اجرا|ابلاغ|سر میرسه)", "زمان ?بندی", "زمان(?:ش)? (?:چی|چیه|چیست|چقدر)", "ظرف چند\\w*", "ظرف چه\\w*", "تا چند", "چند وقت ?(?:یکبار|یک بار|یبار|به)?\\w*", "هر چند (?:وقت|ماه|روز|مدت)\\w*",
    "زمان (?:اجرا|انجام|ارا\\w+|تهیه)", "(?:اجرا|انجام) (?:تا|در) کی", "deadline", "دیر ?کرد\\w*", "کی موعد", "مدت زمان\\w*",
)  # fmt: skip
_RESPONSIBLE = _pattern(
    "با کی ?(?:ه|هست|است|بود)", "با کیه", "به عهده ?(?:ی|ء)? ?(?:کیست|کیه|کی|چه|کدام|کدوم)\\w*", "(?:بر)? ?عهده ?(?:ی)? ?(?:کیست|کیه|کی|چه|کدام|کدوم)\\w*", "مسیول\\w*", "مسوول\\w*", "متولی\\w*", "مجری\\w*",
    "چه (?:کسی|کسانی|نهادی|دستگاهی|سازمانی|ارگانی|مرجعی|اداره ای|وزارتخانه ای|وزارت خانه ای|دستگاه|نهاد|سازمان|ارگان|مقامی)", "کدام (?:دستگاه|نهاد|سازمان|وزارت\\w*|ارگان|مرجع|اداره|بخش|شورا|کارگروه|مقام)\\w*", "کدوم (?:دستگاه|نهاد|سازمان|وزارت\\w*|ارگان|مرجع|اداره|بخش|شورا)\\w*",
    "کی (?:باید|موظف|مکلف|مسیول|مسوول|متولی|وظیفه|قراره|میتونه|می تونه|تایید|تصویب|تهیه|تدوین|نظارت)\\w*", "کیه", "کیست", "کیا", "کی ها", "وظیفه ?(?:ی)? (?:کیه|کیست|کی|چه|کدام|کدوم)\\w*", "وظیفه ش با", "توسط (?:کی|چه|کدام|کدوم)\\w*", "از طرف (?:کی|چه)",
    "با (?:کدام|کدوم|چه) (?:دستگاه|سازمان|نهاد|وزارت\\w*)\\w*", "چه کس\\w*",
)  # fmt: skip
_DEFINITION = _pattern(
    "یعنی (?:چه|چی|چیه|چیست)", "تعریف\\w*", "منظور (?:از )?", "منظور\\w*", "مقصود (?:از )?", "به چه (?:معنا|معنی|معناست|معنیه|کسی|چیزی|دستگاهی|دستگاه هایی)\\w*", "معنی\\w*", "معنا\\w*", "چیست", "چیه", "چی هست", "چه هست", "کیست", "کیه", "یعنی", "اصطلاح", "چی میشه", "چه معنایی", "شامل (?:چه|کدام|چی)", "کدامند", "کدام اند", "کیا هستن\\w*",
)  # fmt: skip
_STRICT_DEFINITION = _pattern("یعنی", "تعریف\\w*", "منظور\\w*", "مقصود\\w*", "معنی\\w*", "معنا\\w*", "به چه (?:معنا|معنی|کسی|چیزی|دستگاهی|دستگاه هایی)\\w*", "یعنی چی", "اصطلاح")
_DUTIES = _pattern(
    "وظایف\\w*", "وظیفه\\w*", "تکالیف\\w*", "تکلیف\\w*", "مسیولیت ها\\w*", "مسوولیت ها\\w*", "(?:چه|چی) ?کار\\w* (?:باید|بکن\\w*|می ?کن\\w*|انجام|به عهده)", "چه کارهایی", "چیکار\\w*", "چی کار\\w*", "باید چه\\w*", "باید چی\\w*", "چه باید", "موظف به چه", "مکلف به چه", "نقش(?!ه)\\w*", "چه (?:اقدامات|اقداماتی|کارهایی|کاری) (?:باید|بر عهده|به عهده)",
)  # fmt: skip
_ROWS = _pattern(
    "جدول\\w*", "لیست\\w*", "فهرست\\w*", "همه ?(?:ی)? (?:پروژه|گام|مرحله|مراحل|فصل|ماده|مواد|ردیف)\\w*", "(?:پروژه|گام|فصل|مرحله) ?(?:ها|های)\\w*", "مراحل\\w*", "کدام پروژه ها\\w*", "چند (?:تا )?(?:پروژه|گام|مرحله|فصل|ماده|ردیف|مصوبه)", "گام های\\w*", "پروژه های\\w*", "فصل های\\w*", "ردیف های\\w*", "برنامه زمان ?بندی",
)  # fmt: skip

_FOLLOW_UPS: tuple[tuple[FollowUp, re.Pattern[str]], ...] = (
    (FollowUp.NOTES, re.compile(r"^(?:خب |خوب |و |پس |حالا )*(?:(?:همه ?ی? |متن )?تبصره ?(?:ها|های)?(?:ش|یش|ی ان|ی اون|ی این ماده|ی ان ماده|این ماده| ان| این ماده| ان ماده| داره| هم داره|اش| چی| چیه| چیست| رو بگو| را بگو)*(?: (?:چیه|چیست|چی|رو|را|بگو|کدومه|کو|بده|لطفا|هم|بیار|نشون|داره|دارد|داشت|کدام\w*|چیا|چی ها|هست\w*|نشان|چه))*)$")),
    (FollowUp.NEXT, re.compile(r"^(?:خب |و |حالا |برو )*(?:(?:ماده|بند|ردیف|گام|مرحله|تبصره|پروژه|صفحه|حکم)(?: ی)? )?(?:بعدی|بعدیش|بعد|بعدش|بعد از (?:این|ان|اون))(?: (?:رو|را|چیه|چیست|چی|میگه|بگو|لطفا|هم|بیار|نشون بده|چی میگه))*$")),
    (FollowUp.PREVIOUS, re.compile(r"^(?:خب |و |حالا |برو )*(?:(?:ماده|بند|ردیف|گام|مرحله|تبصره|پروژه|صفحه|حکم)(?: ی)? )?(?:قبلی|قبلیش|قبل|قبلش|پیشین|ماقبل|قبل از (?:این|ان|اون))(?: (?:رو|را|چیه|چیست|چی|میگه|بگو|لطفا|هم|بیار|نشون بده|چی میگه))*$")),
    (FollowUp.DEADLINE, re.compile(r"^(?:خب |و |حالا |پس )*(?:(?:مهلت|موعد|زمان|ددلاین|سررسید|فرصت|وقت)(?: ?(?:ش|شان|شون|اش|ان|این|ان ماده|این ماده|اجراش|انجامش))+(?: (?:کی|چقدر|چیه|چیست|تا|بود|است|هست|چه|چند|روزه|وقته|تموم|شد|شده|میشه|تمام|زمانی|تاریخی|گذشته|رسیده|قدر|روز|ماه|مونده|مانده|رو|بگو))*|(?:تا )?کی (?:مهلت|وقت|فرصت) (?:داره|دارد|داشت|دارن|دارند|داشتن|داشتند)|تا کی|مهلت(?: چیه| کی\w*| چقدر\w*)?|چقدر (?:وقت|فرصت|مهلت) (?:داره|دارد|دارن|دارند|دارم|داریم)|چند روز (?:مونده|مانده)|کی(?: باید)? (?:انجام|تموم|تمام)\w*(?: \w+)?)$")),
    (FollowUp.RESPONSIBLE, re.compile(r"^(?:خب |و |حالا |پس )*(?:(?:مسیول|مسوول|متولی|مجری|مسیولیت)(?: ?(?:ش|شان|شون|اش|این|ان|این کار|این ماده|اجراش))+(?: (?:کیه|کیست|کی|بود|است|چه|کسی|با|کدام|کدوم|دستگاهی|نهادی|دستگاه|هست))*|با کیه|کی مسیوله|کی مسووله|به عهده کیه|وظیفه کیه|کی باید (?:انجامش بده|این کار رو بکنه|انجام بده|اجراش کنه|اجرا کنه))$")),
    (FollowUp.WHOLE, re.compile(r"^(?:خب |و |حالا )*(?:(?:متن )?(?:کامل|کاملش|کامل تر|متن|متنش|کل متن|کل ماده|همش|همه اش|ادامه|ادامه ش|ادامه اش|بقیه|بقیه ش|بقیه اش)(?: (?:رو|را|بگو|بده|لطفا|چیه|نشون|متن|ماده|این|ان|بده|بیار))*)$")),
)  # fmt: skip

_TERM = re.compile(
    r"^(?:(?:لطفا|ببخشید|سلام|میشه بگید|بگید|بگو|میخوام بدونم|در نقشه راه|طبق نقشه راه)[ ،]+)*(?:تعریف|منظور از|مقصود از|معنی|معنای|اصطلاح|منظور|مفهوم)?[ ،]*«?(?P<term>[^؟?»]{2,60}?)»?[ ،]*"
    r"(?:(?:در (?:این|اين|متن|نقشه راه|مصوبه|دستورالعمل|ایین نامه)[^؟?]*?)[ ،]*)?(?:یعنی (?:چه|چی|چیه|چیست)|چیست|چیه|کیه|کیست|یعنی|به چه (?:معنا|معنی)\w*(?: ?است| ?هست)?|چی هست|رو تعریف کن|را تعریف کن|چه معنایی دارد|چه معنی میده|چی میشه|کدامند|کیا هستن\w*)?[؟? .!]*$"
)


def read_question(question: str) -> Reading:
    """The reading of one question; intent is TOPIC where nothing more particular is asked."""
    text = plain(question)
    bare = re.sub(r"[؟?!.،«»\"':؛]+", " ", text)
    bare = re.sub(r"\s+", " ", bare).strip()
    follow_up = next((kind for kind, pattern in _FOLLOW_UPS if pattern.match(bare)), None)
    deadline, responsible = _DEADLINE.search(bare), _RESPONSIBLE.search(bare)
    strict = _STRICT_DEFINITION.search(bare)
    term = _defined_term(text) if (strict or _DEFINITION.search(bare) or len(bare.split()) <= 4) else None
    duties = bool(_DUTIES.search(bare))
    if strict and not deadline:
        intent = Intent.DEFINITION
    elif deadline and responsible:
        intent = Intent.RESPONSIBLE if responsible.start() < deadline.start() else Intent.DEADLINE
    elif deadline:
        intent = Intent.DEADLINE
    elif responsible or duties:
        intent = Intent.RESPONSIBLE
    else:
        intent = Intent.TOPIC
    return Reading(text, intent, follow_up, term, duties, bool(_ROWS.search(bare)))


def _defined_term(text: str) -> str | None:
    found = _TERM.match(text)
    if found is None:
        return None
    term = found.group("term").strip(" ،.؟?!«»")
    return re.sub(r"^(?:از|تعریف|منظور از|معنی|معنای|مفهوم) ", "", term) or None
