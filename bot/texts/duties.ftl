# An agency's obligations: lists, details, reports, calendar.

agency-duties-title = <b>تکلیف‌های { $agency }</b>
agency-duties-title-all = <b>تکلیف‌های دستگاه‌های من</b>
duties-none = برای دستگاه شما تکلیفی با این ویژگی نیست.
duties-tab = <b>{ $standing }</b>: { $count } مورد
duty-standing = { $standing ->
    [mine] سپرده به من
    [overdue] از موعد گذشته
    [upcoming] پیش رو
    [reported] در انتظار تأیید
    [waiting] در انتظار رویداد
    [unsorted] نامشخص
    [recurring] همیشگی
    [done] انجام‌شده
   *[not_ours] مربوط به ما نیست
}
duty-row = { $number }. <b>{ $action }</b>
duty-row-agency = { $agency }
duty-row-date = { $date }، { $state }
duty-row-waiting = در انتظار: { $events }
duty-row-no-date = موعد معینی ندارد
duty-row-confirmed = آخرین گزارش تأییدشده: { $date }
duties-unsorted-note = موعد این‌ها پیش از پیوستن شما گذشته است. هرکدام را باز کنید و وضعیتش را بگویید، یا همه را یک‌جا مشخص کنید.

duty-title = <b>{ $action }</b>
duty-agency = دستگاه: { $agency }
duty-due = موعد: <b>{ $date }</b> ({ $state })
duty-waiting = ⏳ در انتظار رویداد: { $events }
duty-recurring = همیشگی است و موعد معینی ندارد.
duty-confirmed = آخرین گزارش تأییدشده: <b>{ $date }</b>؛ گزارش تازه را هر وقت آماده بود بدهید.
duty-where = وضعیت: { $standing }
duty-reading = برداشت: { $reading }
duty-alternative = برداشت دیگر: { $reading }
duty-conflict = همین تکلیف در جای دیگر با مهلتی دیگر آمده است: { $places }
duty-responsible = مسئول: { $names }
duty-partners = با همکاری: { $names }
duty-assignee = پیگیری با: { $name }
duty-history = <b>سابقه</b>
duty-history-earlier = و { $count } مورد پیش از این
# { $name } may be empty: of who was forgotten or has left nothing is known.
duty-history-report = { $date }: گزارش انجام{ $known ->
    [yes] { " " }از { $name }
   *[no] { "" }
}، { $state ->
    [pending] در انتظار تأیید
    [confirmed] تأیید شد
   *[returned] برگردانده شد
}
duty-history-change = { $date }: { $state ->
    [done] انجام‌شده ثبت شد
    [not_ours] ثبت شد که مربوط به دستگاه نیست
   *[open] ثبت شد که هنوز باز است
}
duty-history-introduction = { $date }: معرفی نماینده به استناد «{ $basis }»
duty-history-reason = دلیل: { $reason }
duty-history-reminder = { $date }: یادآوری{ $known ->
    [yes] { " " }به { $name }
   *[no] { "" }
}، { $state ->
    [delivered] رسید
    [blocked] نرسید، مسدود
    [failed] نرسید
    [withdrawn] پس گرفته شد
   *[other] در راه
}
duty-marked = ثبت شد.
duty-snooze = چند روز دیگر یادآوری کنم؟
duty-snoozed = تا { $date } درباره این تکلیف یادآوری نمی‌فرستم؛ آن روز دوباره یادآوری می‌کنم.
duty-hand = پیگیری این تکلیف را به چه کسی می‌سپارید؟
duty-hand-nobody = همکار دیگری از دستگاه شما هنوز نپیوسته است.
duty-handed = سپرده شد. همکارتان باخبر می‌شود.
duty-handed-me = پیگیری این تکلیف با شماست و یادآوری آن تنها به شما می‌رسد.
duty-handed-back = پیگیری این تکلیف دوباره با همه است.

button-report-agency = { $agency } · { $action }
button-report-duty = { $date } · { $action }
report-choose = انجام کدام تکلیف را گزارش می‌کنید؟
report-nothing = تکلیفی که گزارشش مانده باشد نیست.
report-gather =
    گزارش انجام: <b>{ $action }</b>
    توضیح خود را بنویسید و مدارک را (عکس یا فایل، هرکدام تا { $max } مگابایت) بفرستید. در پایان «ثبت گزارش» را بزنید.
report-gather-text =
    گزارش انجام: <b>{ $action }</b>
    توضیح خود را بنویسید، همراه با شماره نامه یا نشانی مدرک. فرستادن فایل در این‌جا شدنی نیست. در پایان «ثبت گزارش» را بزنید.
report-got = دریافت شد.
report-gathered = تاکنون: { $note ->
    [only] توضیح
    [yes] توضیح و { $files } مدرک
   *[no] { $files } مدرک، بی‌توضیح
}
report-left =
    برای گزارش «{ $action }» چیزهایی فرستاده‌اید که هنوز ثبت نشده است.
    اگر گزارش دیگری را آغاز کنید، مدارک گزارش قبلی کنار گذاشته می‌شود.
report-sent =
    <b>{ $action }</b>
    ✅ گزارش شما ثبت شد{ $lasts ->
        [yes] { "." }
       *[no] { "" } و یادآوری‌ها ایستاد.
    } کارشناسان سازمان آن را بررسی می‌کنند و نتیجه را به شما می‌گویم.
report-fetch-failed = فایل «{ $name }» را نتوانستم از پیام‌رسان بگیرم. لطفاً دوباره بفرستید.
report-kind = لطفاً نوشته، عکس یا فایل بفرستید.

calendar-title =
    <b>تقویم تکلیف‌ها</b>
    فایل تقویم را یک بار به تقویم گوشی یا رایانه بیفزایید، یا نشانی همیشگی بگیرید تا خودش به‌روز شود.
calendar-caption = موعدهای دستگاه شما برای تقویم گوشی یا رایانه
calendar-address =
    نشانی همیشگی تقویم شما (نشانی پیشین، اگر بود، دیگر کار نمی‌کند):
    <code>{ $url }</code>
    هر کس این نشانی را داشته باشد موعدها را می‌بیند؛ آن را به کسی ندهید.
calendar-no-web = نشانی همیشگی در این راه‌اندازی در دسترس نیست؛ فایل تقویم را بگیرید.
calendar-revoked = نشانی تقویم شما از کار افتاد.
calendar-nothing-to-revoke = نشانی فعالی نداشتید.
timeline-title = تکلیف‌های { $agency }
timeline-caption = تکلیف‌های <b>{ $agency }</b>: { $count } موعد در دوازده ماه
timeline-part = تصویر { $number } از { $count }
timeline-more = { $count } تکلیف دیگر در تصویر جا نشد؛ همه را در /obligations ببینید.
timeline-today = امروز
timeline-nothing = در این دوازده ماه موعدی نیست.

button-tab = { $name } ({ $count })
button-report-done = ثبت گزارش
button-report-go-on = ادامه گزارش قبلی
button-report-drop = کنار گذاشتن و آغاز گزارش تازه
button-mark-done = انجام شده
button-mark-not-ours = مربوط به ما نیست
button-mark-open = هنوز باز است
button-duty-hand = سپردن به همکار
button-hand-me = خودم پیگیری می‌کنم
button-hand-all = با همه باشد
button-duty-wording = متن حکم
button-duties-back = بازگشت به فهرست
button-days = { $days } روز دیگر
button-calendar-file = فایل تقویم
button-calendar-address = نشانی همیشگی
button-calendar-revoke = از کار انداختن نشانی
button-calendar-picture = تصویر سال

button-wishes = یادآوری‌ها
wishes-title =
    <b>یادآوری‌ها</b>
    چند روز پیش از موعد، و در چه ساعت‌هایی (تهران)؟
wishes-days-usual = اکنون: در همان روزهایی که به همه یادآوری می‌شود
wishes-days = اکنون: { $days } روز پیش از موعد{ $day ->
    [yes] { " " }و خود روز موعد
   *[no] { "" }، نه در خود روز موعد
}
wishes-day-only = اکنون: تنها در خود روز موعد
wishes-hours-usual = ساعت: در ساعت اداری
wishes-hours = ساعت: { $begins } تا { $ends }
button-wishes-type = عدد دلخواه…
wishes-wanted = بنویسید چند روز پیش از موعد و در چه ساعتی، مانند «۳۰، ۷، ۱» یا «۱۰، ۳ و روز موعد، ساعت ۹ تا ۱۷».
wish = { $wish ->
    [leads-usual] مانند همه
    [leads-30-7-1-0] ۳۰، ۷، ۱ روز و روز موعد
    [leads-7-1-0] ۷، ۱ روز و روز موعد
    [leads-1-0] ۱ روز و روز موعد
    [hours-usual] ساعت اداری
    [hours-8-20] ۸ تا ۲۰
    [hours-0-24] هر ساعت
    [days-work] روزهای کاری
   *[days-any] همه روزها
}

sort-head = <b>{ $place } از { $count }</b> · { $agency }
sort-date = موعد: { $date }
sort-finished = همه تکلیف‌های گذشته روشن شد. سپاس از شما.
sort-rest = وضعیت { $count } تکلیفِ مانده یک‌جا چه باشد؟
sort-said-done = ✅ انجام‌شده ثبت شد.
sort-said-not-ours = ثبت شد که مربوط به شما نیست.
sort-said-open = باز ثبت شد؛ هفته‌ای یک بار یادآوری می‌شود.
sort-said-rest = وضعیت { $count } تکلیف ثبت شد.
button-sort-before = → قبلی
button-sort-after = بعدی ←
button-sort-rest = همه { $count } مورد یک‌جا
button-rest-done = همه انجام شده
button-rest-not-ours = هیچ‌کدام مربوط به ما نیست
button-rest-open = همه هنوز باز است
button-rest-no = نه، یکی‌یکی
nameless = همکار بی‌نام
colleague-away = { $name } (تا { $date } نیست)
colleague-nameless = همکار شماره { $n }
