# Said everywhere. A text may hold <b>, <i>; values are escaped when they are filled in.

error = متأسفم، کار شما انجام نشد. لطفاً چند لحظه دیگر دوباره بفرستید.
answer-forgotten = فهرست این پاسخ دیگر در دسترس نیست. لطفاً پرسش را دوباره بفرستید.
provision-gone = این حکم دیگر در این مجموعه نیست. لطفاً پرسش خود را دوباره بفرستید.
only-text = من فقط نوشته را می‌خوانم. لطفاً پرسش خود را بنویسید.
only-text-in-form = این‌جا نوشته لازم است. لطفاً پاسخ را بنویسید یا با /cancel کنار بگذارید.
unknown-command = این دستور را نمی‌شناسم. برای راهنما /help را بفرستید یا پرسش خود را بنویسید.
cancelled = بسیار خب، کنار گذاشتم. هر وقت خواستید بپرسید.
nothing-to-cancel = کاری در جریان نبود. هر وقت خواستید بپرسید.

# { $month } is m1 to m12.
# The spaces do not break: a date stays on one line.
date-words = { $day } { $month ->
    [m1] فروردین
    [m2] اردیبهشت
    [m3] خرداد
    [m4] تیر
    [m5] مرداد
    [m6] شهریور
    [m7] مهر
    [m8] آبان
    [m9] آذر
    [m10] دی
    [m11] بهمن
   *[m12] اسفند
} { $year }

# Which of the many times of an obligation that comes again and again.
occurrence-season = نوبت: { $season ->
    [s1] بهار
    [s2] تابستان
    [s3] پاییز
   *[s4] زمستان
} { $year }
occurrence-number = نوبت: { $number }

button-page = صفحه { $page } از { $count }
button-page-before = → صفحه قبل
button-page-after = ادامه ←
# What somebody who sends just a number means.
reference-of-number = ماده { $reference }
