# The operators' desk: who waits, reports, events, invitations, ledger, closures, broadcasts.

office-title = <b>میز کارشناسان</b>
office-waiting = { $joining } درخواست پیوستن و { $reports } گزارش در انتظار شماست.
office-cases = { $count } پرونده در جریان است{ $any ->
    [yes] { "" } و مهلت { $late } مورد گذشته است.
   *[no] .
}
office-events-waiting = { $count } رویداد هنوز تاریخ ندارد.

joining-none = کسی در انتظار پیوستن نیست.
joining-count = <b>در انتظار پیوستن</b>: { $count } نفر
joining-one = <b>{ $name }</b> به‌عنوان { $role } در «{ $agency }»
joining-basis = مستند معرفی: { $basis }
joining-since = از { $date }
joining-approved = ✅ <b>{ $name }</b> به «{ $agency }» پیوست.
joining-refused = درخواست <b>{ $name }</b> برای «{ $agency }» پذیرفته نشد و به او گفته می‌شود.
joining-reason = دلیل نپذیرفتن <b>{ $name }</b> را بنویسید؛ همین متن به او می‌رسد.

reports-none = گزارشی در انتظار بررسی نیست.
report-one =
    <b>{ $action }</b>
    { $agency }، گزارش { $date }
report-due = موعد: { $date }
report-one-note = توضیح: { $note }
report-one-files = مدرک: { $count } فایل
report-decided =
    <b>{ $action }</b>
    { $agency }
report-confirmed = ✅ این گزارش تأیید شد و به دستگاه گفته می‌شود.
report-returned =
    ↩️ این گزارش برگردانده شد و دلیل آن به دستگاه گفته می‌شود.
    دلیل: { $reason }
report-reopen-reason =
    <b>{ $action }</b>
    { $agency }
    چرا این تکلیف هنوز باز است؟ تأیید پس گرفته می‌شود و همین متن به دستگاه می‌رسد.
report-reason =
    <b>{ $action }</b>
    { $agency }
    دلیل برگرداندن این گزارش را بنویسید؛ همین متن به دستگاه می‌رسد.
evidence-caption = مدرک { $number } از { $count }، اثر انگشت دیجیتال: { $digest }

events-title = <b>رویدادهای مبدأ</b>
events-idle = رویدادهایی که اکنون تکلیفی به آن‌ها وابسته نیست:
events-note = یکی را برگزینید تا ببینید کدام تکلیف‌ها به آن وابسته است و تاریخش را ثبت کنید.
event-row = { $number }. { $title }: { $date }
event-unknown-date = نامعلوم
event-title = 📌 <b>{ $title }</b>
event-date = تاریخ: <b>{ $date }</b>
event-note = { $note }
event-hanging = آنچه به این رویداد وابسته است:
event-hanging-none = اکنون تکلیفی به این رویداد وابسته نیست.
event-duty = • { $action }: { $date }
event-duty-moved = • { $action }: { $was } ← <b>{ $date }</b>
event-more = و { $count } تکلیف دیگر
event-regulation = در { $regulation }
event-history = سابقه ({ $count } بار ثبت):
event-history-row = { $on }: تاریخ { $date } ثبت شد
event-history-withdrawn = { $on }: تاریخ پس گرفته شد
event-date-wanted = تاریخ «{ $title }» را بنویسید، مانند «۱۵ آبان ۱۴۰۵» یا «۱۴۰۵/۰۸/۱۵».
event-preview = اگر <b>{ $title }</b> در تاریخ <b>{ $date }</b> ثبت شود:
event-preview-former = اکنون تاریخ { $date } برای آن ثبت است و این جای آن را می‌گیرد.
event-preview-withdraw = اگر تاریخ <b>{ $title }</b> پس گرفته شود:
event-preview-concerned = موعد { $duties } تکلیف جابه‌جا می‌شود و { $people } نفر باخبر می‌شوند.
event-preview-none = هنوز موعدی جابه‌جا نمی‌شود (شاید رویداد دیگری هم لازم باشد).
event-taken-back = ↩️ تاریخ پس گرفته شد. موعد { $moved } تکلیف دیگر معلوم نیست و { $told } نفر باخبر می‌شوند.
event-reminders-withdrawn = { $count } یادآوری تاریخ پیشین که هنوز فرستاده نشده بود پس گرفته شد.
event-recorded = ✅ ثبت شد. موعد { $moved } تکلیف جابه‌جا شد و { $told } نفر باخبر می‌شوند.
event-which = کدام رویداد در { $date } رخ داد؟
event-asked = این را به‌عنوان خبر یک رویداد خواندم.

invite-agency = دعوت برای کدام دستگاه؟ نامش را بنویسید، یا «کارشناس» برای دعوت یک کارشناس سازمان.
invite-role = دعوت برای چه نقشی در <b>{ $agency }</b>؟
invite-basis = شماره یا عنوان نامه معرفی نماینده را بنویسید تا تکلیف «معرفی نماینده» با پیوستن او انجام‌شده ثبت شود. اگر در دست ندارید، از این گام بگذرید.
invite-made =
    دعوت یک‌بارمصرف برای <b>{ $who }</b>، معتبر تا { $date }:
    <code>{ $link }</code>
    این پیوند فقط همین یک بار نشان داده می‌شود.
invite-word = کارشناس
invitations-none = دعوت معتبری در دست نیست.
invitations-title = <b>دعوت‌های معتبر</b>: { $count } مورد. برای پس گرفتن، یکی را بزنید.
invitation-row = { $number }. { $who }، تا { $date }
invitation-revoked = دعوت پس گرفته شد.

ledger-title = <b>دفتر یادآوری‌ها</b>: { $date }
ledger-states = تحویل‌شده: { $delivered }، در راه: { $waiting }، ناموفق: { $failed }، مسدود: { $blocked }، پس‌گرفته: { $withdrawn }
ledger-on-time = سهم تحویل در ده ثانیه: { $share }
ledger-twice = شاید دو بار رسیده باشد: { $count }
ledger-failed = ناموفق در هفته گذشته: { $count } پیام، تازه‌ترین‌ها:
ledger-failed-row = • پیام { $id } به { $name }: { $reason }
ledger-planned = برنامه‌ریزی تا { $date } انجام شده است.
ledger-not-planned = هنوز برنامه‌ریزی نشده است.
percent = { $value }٪

closures-title = <b>روزهای تعطیل افزوده</b>
closures-none = روزی افزوده نشده است. تعطیلی‌های رسمی خودبه‌خود در نظر گرفته می‌شود.
closure-row = • { $date }: { $title }
closure-wanted = تاریخ و دلیل تعطیلی را در یک خط بنویسید، مانند «۲۵ آبان ۱۴۰۵ آلودگی هوا».
closure-added = { $date } تعطیل ثبت شد. یادآوری‌های آن روز به روز کاری پیش از آن می‌رود؛ موعدهای قانونی جابه‌جا نمی‌شود.
closure-removed = آن روز دوباره کاری شد.

switches-title = <b>یادآوری مقررات پیشین</b>
switches-note = یادآوری این مقررات خاموش است مگر این‌که روشنش کنید.
switch-none = مقرره پیشینی نیست.
switched = ثبت شد.

import-wanted =
    <b>افزودن دستگاه‌ها</b>
    اکنون { $count } دستگاه در فهرست است. فایل CSV یا اکسل (‎.xlsx، حداکثر { $max } مگابایت) را همین‌جا بفرستید؛ دستگاهی که شناسه‌اش در فهرست باشد، به‌روز می‌شود.
import-columns =
    ستون‌ها: «شناسه دستگاه» و «نام دستگاه»، و به دلخواه «نام‌های دیگر»، «گروه‌ها» (چند مورد با | از هم جدا) و «دستگاه بالادست».
    اگر حتی یک سطر ایراد داشته باشد، چیزی ثبت نمی‌شود و همه ایرادها را سطر به سطر می‌گویم.
import-done = ✅ ثبت شد. تازه: { $added }، تغییریافته: { $changed }، بی‌تغییر: { $unchanged }. از همین حالا می‌توان به این دستگاه‌ها پیوست.
import-problems = چیزی ثبت نشد: { $count } ایراد در فایل هست. لطفاً فایل را درست کنید و دوباره بفرستید.
import-row = • سطر { $row }: { $problem }
import-more = و { $count } ایراد دیگر
import-kind = لطفاً فایل CSV یا اکسل دستگاه‌ها را بفرستید.

broadcast-audience = پیام همگانی برای چه کسانی؟ برای یک دستگاه، نام آن را بنویسید.
broadcast-text = متن پیام را بنویسید. پیش از فرستادن آن را یک بار می‌بینید.
broadcast-preview = <b>پیش‌نمایش</b>، برای { $to } ({ $count } نفر):
broadcast-progress = پیام همگانی: { $delivered } رسیده، { $waiting } در راه، { $failed } نرسیده، { $withdrawn } پس‌گرفته
broadcast-stopped = ایستاد. { $count } پیام دیگر فرستاده نمی‌شود.

button-office = میز کارشناسان
button-office-joining = در انتظار پیوستن ({ $count })
button-office-reports = گزارش‌ها ({ $count })
button-office-events = رویدادها
button-office-invitations = دعوت‌ها
button-office-invite = دعوت تازه
button-office-ledger = دفتر یادآوری‌ها
button-office-closures = روزهای تعطیل
button-office-close = افزودن روز تعطیل
button-office-regulations = مقررات پیشین
button-office-broadcast = پیام همگانی
button-report-reopen = پس گرفتن تأیید؛ هنوز باز است
button-office-agencies = افزودن دستگاه‌ها
button-evidence = دیدن مدارک
button-next = بعدی ←
button-event-date = ثبت تاریخ
button-event-correct = اصلاح تاریخ
button-event-withdraw = پس گرفتن تاریخ
button-event-confirm = بله، ثبت شود
button-event-confirm-withdraw = بله، پس گرفته شود
button-closure-remove = حذف { $date }
button-switch-on = روشن کردن: { $title }
button-switch-off = خاموش کردن: { $title }
button-audience-everybody = همه کاربران
button-audience-class = { $name } ({ $count })
button-broadcast-start = فرستادن
button-broadcast-progress = تازه‌سازی
button-broadcast-stop = ایست
button-day-before = → روز پیش
button-day-after = روز بعد ←
invite-days = دعوت چند روز معتبر باشد؟ برگزینید یا عددی بنویسید.
invite-for-days = { $days } روز

office-stranger = این بخش برای کارشناسان سازمان است. اگر کد ورود دارید، همان را بفرستید.
command-operator = میز کارشناسان
command-events = رویدادهای مبدأ
command-invite = دعوت نماینده
command-ledger = دفتر یادآوری‌ها
command-broadcast = پیام همگانی
command-closures = روزهای تعطیل
