# Cases: comments and questions that wait for an answer, and what became of them.

# { $what } is what is new (survey, question), or what happened to a case that is not.
notice-case-new = { $what ->
    [question] پرسشی رسیده است که نویسنده‌اش منتظر پاسخ کارشناس است.
    [again] نویسنده این پرونده دوباره منتظر پاسخ است و پرونده باز شد.
    [edited] نویسنده این پرونده نوشته خود را تغییر داد.
    [handed] این پرونده به دستگاه شما سپرده شد.
    [nobody] این پرونده به دستگاهی سپرده شد که هنوز نماینده‌ای ندارد؛ یادآوری آن به کارشناسان می‌رسد.
    [returned] این پرونده به کارشناسان برگشت.
    [assigned] این پرونده به شما سپرده شد.
   *[survey] نظری رسیده است که نویسنده‌اش منتظر پاسخ است.
} کد رهگیری: { $code }
notice-case-overdue = مهلت پاسخ به پرونده { $code } گذشته است. لطفاً پاسخ دهید یا آن را واگذار کنید.
# To the head of an agency, once.
notice-case-escalated = ⚠️ مهلت پاسخ به پرونده { $code } بیش از یک روز کاری است که گذشته و هنوز پاسخی داده نشده است. به نمایندگان دستگاه یادآوری شده است؛ این خبر تنها یک بار به شما می‌رسد.
notice-case-outcome = <b>نتیجه نظر شما</b> درباره «{ $service }»
notice-question-outcome = <b>پاسخ کارشناس به پرسش شما</b>
notice-case-answer = { $answer }

cases-title = <b>{ $scope ->
    [overdue] پرونده‌های گذشته از مهلت
    [answered] پرونده‌های پاسخ داده‌شده
    [closed] پرونده‌های بسته
    [found] پرونده‌های «{ $words }»
   *[open] پرونده‌های در جریان
}</b>: { $more ->
    [yes] بیش از { $count } مورد، { $count } مورد نخست
   *[no] { $count } مورد
}
cases-none = { $scope ->
    [overdue] پرونده‌ای از مهلت نگذشته است.
    [answered] پرونده‌ای نیست که پاسخ گرفته و هنوز بسته نشده باشد.
    [closed] هنوز پرونده‌ای بسته نشده است.
    [found] پرونده‌ای با «{ $words }» پیدا نکردم. متن، پاسخ، کد رهگیری، شناسه یا نام خدمت و نام دستگاه را می‌گردم.
   *[open] پرونده‌ای در جریان نیست.
}
button-cases-open = در جریان
button-cases-overdue = گذشته از مهلت
button-cases-answered = پاسخ داده‌شده
button-cases-closed = بسته
case-row = { $number }. { $kind ->
    [question] پرسش
   *[survey] نظر
} { $code }: { $state }، { $when ->
    [late] ⚠️ مهلت { $date } گذشته
    [due] مهلت { $date }
   *[over] رسیده در { $date }
}
case-title = <b>پرونده { $code }</b>: { $state }
case-service = خدمت: { $title }
case-question-kind = پرسش از مقررات
case-agency = دستگاه: { $agency }
case-due = مهلت پاسخ: { $date }، ساعت { $time }{ $late ->
    [yes] { " " }⚠️ گذشته است
   *[no] { "" }
}
case-erased = متن به خواست نویسنده پاک شده است.
case-answer-shown = پاسخ: { $answer }
case-words-whole = <b>نوشته پرونده { $code }</b>
case-answer-whole = <b>پاسخ پرونده { $code }</b>
case-history = سابقه: { $steps }
case-step = { $state } ({ $date })
case-anonymous = نویسنده برای شما ناشناس است؛ پاسخ از راه رهیار به او می‌رسد.
case-seen = ثبت شد که آن را دیده‌اید.
case-answer-wanted = پاسخ خود را بنویسید؛ همین متن به نویسنده می‌رسد. پیش از فرستادن آن را یک بار می‌بینید.
case-answer-preview = <b>پیش‌نمایش پاسخ</b>
case-given-back = آنچه نوشته‌اید فرستاده نشد:
case-answered = ✅ پاسخ ثبت شد و به نویسنده گفته می‌شود.
case-hand-wanted = پرونده به کدام دستگاه سپرده شود؟ نامش را بنویسید.
case-handed = پرونده به «{ $agency }» سپرده شد.
case-returned = پرونده به کارشناسان برگشت.
case-holder = در دست { $name }
case-assign-wanted = پرونده در دست چه کسی باشد؟ از این پس تنها به او یادآوری می‌شود؛ دیگران همچنان آن را می‌بینند.
case-no-colleagues = همکار دیگری ندارید که پرونده را به او بسپارید.
case-assigned = پرونده در دست { $name } است و به او گفته می‌شود.
case-assigned-to-me = پرونده در دست شماست؛ از این پس تنها به شما یادآوری می‌شود.
case-keep-wanted = این پرسش به کدام حکم می‌رسد؟ نشانی آن را بنویسید، مانند «ماده ۲۱ نقشه راه».
case-keep-unclear = این نشانی را به یک حکم نرساندم. لطفاً روشن‌تر بنویسید.
case-kept = پیشنهاد شد که پرسش‌هایی مانند این به { $label } برسد.
case-kept-decided = ثبت شد. گزینه‌های پذیرفته از راه‌اندازی بعدی در جست‌وجو به کار می‌رود.
kept-title = <b>پیشنهادهای جست‌وجو</b>: { $count } مورد
kept-one = «{ $text }» ← { $label }
kept-none = پیشنهادی در انتظار نیست.
button-kept-accept = پذیرفتن
button-kept-refuse = نپذیرفتن

button-case-open = باز کردن پرونده
office-held = { $count } پاسخ که یک‌باره رسیده، تا تصمیم شما در نتیجه‌ها به حساب نمی‌آید.
button-office-cases = پرونده‌ها ({ $count })
button-case-whole = متن کامل
button-case-seen = دیدم
button-case-answer = پاسخ دادن
button-case-rewrite = نوشتن دوباره
button-case-send = فرستادن پاسخ
button-case-assign = سپردن به همکار
button-case-hand = سپردن به دستگاه
button-case-back = برگرداندن به کارشناسان
button-case-mine = خود من
button-case-keep = افزودن به جست‌وجو
button-cases = پرونده‌ها

report-title = <b>نتیجه ارزیابی: { $title }</b>
report-title-all = <b>نتیجه ارزیابی همه خدمات</b>
report-months = { $count } ماه، تا { $last }
report-few = هنوز کمتر از ده نفر پاسخ داده‌اند؛ برای حفظ ناشناسی چیزی نشان داده نمی‌شود.
report-few-all = هنوز آن‌قدر پاسخ نرسیده است که بتوان چیزی نشان داد و پاسخ هیچ‌کس آشکار نشود.
report-n = شمار پاسخ‌ها: { $n }
report-top-two = راضی و خیلی راضی: <b>{ $share }</b> (بازه ۹۵٪: { $low } تا { $high })
report-settled = کارشان به نتیجه رسید: { $share } ({ $low } تا { $high })
report-again = پس از شنیدن نتیجه راضی بودند: { $share } ({ $low } تا { $high })
report-face = { $face }: { $count }
report-hidden = پنهان
report-faces-hidden = پراکندگی پاسخ‌ها پنهان است تا پاسخ هیچ‌کس آشکار نشود.
report-drivers = آنچه گفتند: { $drivers }
report-driver = { $choice } ({ $count })
report-month = • { $month }: { $share } ({ $low } تا { $high })، { $n } پاسخ
report-change = نسبت به ماه پیشین: { $change ->
    [up] بهتر شده است
    [down] بدتر شده است
   *[unclear] تفاوت روشنی نیست
}
report-funnel = به ناشناس نشان داده شد { $offered }، باز کردند { $opened }، پاسخ دادند { $answered }، تا پایان رفتند { $finished }، در بررسی { $held }، کنار گذاشته { $excluded }
report-left-out = پاسخ‌های { $count } خدمت با کمتر از ده پاسخ، برای حفظ ناشناسی، در این ارقام نیست.
report-channels = <b>راه‌های پاسخ</b>
report-channel = { $channel ->
    [telegram] تلگرام
    [bale] بله
    [web] وب
   *[terminal] پایانه
}
report-agencies = <b>دستگاه‌ها</b>
report-services = <b>خدمات</b>
report-service = • { $name }: { $share } ({ $n })
report-trend = سهم راضی و خیلی راضی با بازه ۹۵٪، به ماه
report-faces-title = پراکندگی پاسخ‌ها
report-list = <b>نتیجه ارزیابی‌ها</b>: { $count } خدمت. شماره را بزنید، یا نام یا شناسه خدمت را پس از <code>/report</code> بنویسید.
report-list-none = هنوز خدمتی از دستگاه شما در فهرست نیست.
report-list-agency = <b>{ $name }</b>
report-list-one = { $number }. { $title } ({ $answers })
report-list-n = { $n } پاسخ
report-list-few = کمتر از ده پاسخ
report-found = نتیجه کدام خدمت؟
report-not-found = خدمتی با نام یا شناسه «{ $words }» پیدا نکردم. نام را کامل‌تر بنویسید یا از فهرست برگزینید.
button-report-list = فهرست خدمات
button-report-all = همه خدمات با هم
held-none = پاسخی در انتظار بررسی نیست.
held-title = <b>پاسخ‌های نگه‌داشته</b>: { $count } مورد در { $services } خدمت
held-one =
    <b>{ $title }</b>: { $count } پاسخ
    این پاسخ‌ها در زمانی کوتاه و بیش از اندازه معمول رسیده‌اند و تا تصمیم شما در نتیجه‌ها به حساب نمی‌آیند.
held-when = { $days ->
    [one] در { $first }
   *[more] از { $first } تا { $last }
}، از راه { $channels }
held-faces = پراکندگی: { $faces }
held-decided = تصمیم شما ثبت شد.
button-held = پاسخ‌های نگه‌داشته ({ $count })
button-held-count = به حساب بیاید
button-held-exclude = کنار گذاشته شود
command-cases = پرونده‌های در جریان
command-report = نتیجه ارزیابی‌ها
command-held = پاسخ‌های نگه‌داشته
command-kept = پیشنهادهای جست‌وجو
button-export-xlsx = خروجی اکسل
button-export-csv = خروجی CSV
button-export-parquet = خروجی Parquet
export-begun = خروجی در حال آماده شدن است…
export-progress = خروجی در حال آماده شدن است: { $rows } پاسخ نوشته شد…
export-done = خروجی آماده است: { $rows } پاسخ
export-failed = خروجی آماده نشد. لطفاً کمی بعد دوباره تلاش کنید.
export-too-many = اکسل این همه پاسخ را در یک برگه جا نمی‌دهد؛ خروجی CSV یا Parquet بگیرید.
export-dictionary = فرهنگ داده: معنی ستون‌ها
export-too-large = خروجی برای فرستادن در گفت‌وگو بزرگ است ({ $rows } پاسخ)؛ آن را با فرمان export روی سرور بگیرید.
