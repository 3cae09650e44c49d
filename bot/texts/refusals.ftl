# One clear sentence for each thing that reminders and surveys refuse. Nothing was changed.

remind-agency-unknown = چنین دستگاهی در فهرست نیست.
remind-away-past = روز بازگشت باید پس از امروز باشد.
remind-away-range = مدت نبودن را میان ۰ تا { $max } روز بنویسید.
remind-away-unreadable = نفهمیدم تا کی. نمونه: ۱۰ روز، یک هفته، تا ۲۰ آبان
remind-basis-long = مستند معرفی { $length } نویسه است. لطفاً آن را در حداکثر { $max } نویسه بنویسید.
remind-basis-wordless = شماره یا عنوان نامه معرفی را بنویسید، مانند «نامه ۱۲۳».
remind-broadcast-length = متن پیام همگانی نباید خالی یا بلندتر از { $max } نویسه باشد.
remind-broadcast-nobody = کسی در این گروه نیست که پیام به او برسد.
remind-closure-past = روز تعطیلی نمی‌تواند در گذشته باشد.
remind-closure-title = دلیل تعطیلی را هم با کلمه بنویسید.
remind-closure-long = دلیل تعطیلی { $length } نویسه است. لطفاً آن را در حداکثر { $max } نویسه بنویسید.
remind-closure-unknown = برای این روز تعطیلی‌ای ثبت نشده است.
remind-date-impossible = تاریخ «{ $text }» در تقویم نیست.
remind-date-unreadable = تاریخ را نتوانستم بخوانم. نمونه: ۱۵ آبان ۱۴۰۵ یا ۱۴۰۵/۰۸/۱۵
remind-date-year = سال { $year } پذیرفته نیست؛ سال باید میان { $min } و { $max } باشد.
remind-decided-already = درباره این مورد پیش‌تر تصمیم گرفته شده است و چیزی تغییر نکرد.
remind-duty-confirmed = گزارش این تکلیف تأیید شده است. اگر هنوز باز است، از کارشناسان سازمان بخواهید تأیید را پس بگیرند.
remind-duty-done = این تکلیف انجام‌شده ثبت شده است.
remind-duty-handed = پیگیری این تکلیف با { $name } است و یادآوری آن به او می‌رسد.
remind-duty-not-ours = برای این تکلیف ثبت شده است که مربوط به دستگاه شما نیست.
remind-duty-reported = گزارش انجام این تکلیف فرستاده شده و در انتظار تأیید است.
remind-duty-unknown = این تکلیف پیدا نشد یا مربوط به دستگاه شما نیست.
remind-event-raced = در این میان همکارتان تاریخ { $date } را برای این رویداد ثبت کرد. اگر باز هم می‌خواهید تغییرش دهید، پیش‌نمایش تازه را ببینید.
remind-event-raced-withdrawn = در این میان همکارتان تاریخ این رویداد را پس گرفت. اگر باز هم می‌خواهید ثبت کنید، پیش‌نمایش تازه را ببینید.
remind-event-unchanged = همین تاریخ برای این رویداد ثبت شده است.
remind-event-unknown = چنین رویدادی در فهرست نیست.
remind-duty-waiting = این تکلیف اکنون موعد ندارد و در انتظار رویداد «{ $event }» است.
remind-evidence-empty = این فایل خالی است.
remind-evidence-large = حجم هر فایل می‌تواند حداکثر { $max } مگابایت باشد.
remind-evidence-many = حداکثر { $max } فایل می‌توانید بفرستید.
remind-evidence-missing = برای گزارش انجام، توضیحی با کلمه بنویسید یا مدرکی بفرستید.
remind-hours-range = ساعت آغاز باید پیش از ساعت پایان باشد.
remind-introduced-in-future = تاریخ معرفی نمی‌تواند در آینده باشد.
remind-invitation-days = اعتبار دعوت را میان ۱ تا { $max } روز بنویسید.
remind-invitation-gone = این دعوت پیش‌تر به کار رفته یا پس گرفته شده است.
remind-invitation-invalid = این دعوت معتبر نیست: شاید به کار رفته، پس گرفته شده یا زمانش گذشته است. دعوت تازه بخواهید یا با /agency درخواست بدهید.
remind-joined-already = شما پیش‌تر در «{ $agency }» عضو شده‌اید یا درخواستتان در انتظار است.
remind-last-operator = تنها کارشناس سامانه نمی‌تواند کنار برود.
remind-leads-range = روزهای یادآوری باید میان ۰ تا { $max } و حداکثر { $most } مورد باشند.
remind-name = نام را با { $min } تا { $max } حرف بنویسید، بی عدد و نشانه.
remind-name-missing = نام خود را هم بنویسید.
remind-not-a-colleague = این شخص همکار فعال این دستگاه نیست.
remind-still-pending = درخواست شما برای «{ $agency }» هنوز در انتظار تأیید کارشناسان است.
remind-not-a-member = شما هنوز نماینده دستگاهی نیستید. با /agency آغاز کنید.
remind-not-your-agency = این تکلیف مربوط به دستگاه شما نیست.
remind-operators-only = این کار تنها برای کارشناسان سازمان باز است.
remind-reason-long = دلیل شما { $length } نویسه است. لطفاً آن را در حداکثر { $max } نویسه بنویسید.
remind-reason-missing = دلیل را با کلمه بنویسید.
remind-regulation-not-previous = یادآوری این مقرره همیشه روشن است یا چنین مقرره‌ای نیست.
remind-report-instead = انجام این تکلیف را با /done گزارش کنید.
remind-evidence-gone = فایل مدرک روی این سامانه پیدا نشد.
remind-report-long = توضیح گزارش با این پیام { $length } نویسه می‌شود و حداکثر { $max } نویسه جا دارد؛ این پیام نگه داشته نشد. لطفاً کوتاه‌تر بنویسید یا متن را در یک فایل بفرستید.
remind-report-unknown = چنین گزارشی نیست.
remind-wishes-unreadable = تنها شمار روزها یا ساعت‌ها را بنویسید، مانند «۳۰، ۷، ۱» یا «ساعت ۹ تا ۱۷».
remind-snooze-range = یادآوری را می‌توان ۱ تا { $max } روز عقب انداخت.

# A file that people wrote, whatever it brings in.
table-too-large = فایل بزرگ‌تر از { $value } مگابایت است؛ آن را به چند فایل بخش کنید.
table-too-many-rows = فایل بیش از { $value } سطر دارد؛ آن را به چند فایل بخش کنید.
table-encoding = نوشته‌ها با کدگذاری یونی‌کد (UTF) نیست؛ فایل را در اکسل با قالب ‎.xlsx ذخیره کنید.
table-not-csv = گیومه‌های این سطر باز و بسته درستی ندارد.
table-not-xlsx = فایل اکسل آسیب دیده است یا گذرواژه دارد؛ آن را دوباره با قالب ‎.xlsx ذخیره کنید.
table-old-excel = این فایل با قالب قدیمی اکسل (‎.xls) یا با گذرواژه است؛ آن را با قالب ‎.xlsx ذخیره کنید.
table-merged = خانه‌های { $value } ادغام شده‌اند؛ آن‌ها را جدا کنید و هر سطر را کامل بنویسید.
table-unknown-column = ستون «{ $value }» شناخته نیست؛ ستون‌ها: { $near }
table-column-twice = ستون «{ $value }» دو بار آمده است.
table-missing-column = این ستون‌ها نیست: { $value }
table-formula = متن «{ $value }» مانند فرمول آغاز می‌شود؛ به جای فرمول، خود متن را بنویسید.
table-failed-formula = خانه‌ای خطای اکسل دارد: { $value }
table-too-many-cells = این سطر از سرستون‌ها بیشتر خانه دارد («{ $value }»)؛ متن ویرگول‌دار را در گیومه بگذارید.

import-class-unknown = گروه «{ $value }» شناخته نیست.
import-empty = فایل هیچ دستگاهی ندارد.
import-id = شناسه «{ $value }» باید ۲ تا ۴۴ نویسه از حروف کوچک لاتین، رقم و خط تیره باشد.
import-id-of-class = شناسه «{ $value }» نام یک گروه است و نمی‌تواند شناسه دستگاه باشد.
import-name = نام دستگاه خالی است.
import-name-long = نام‌ها نباید بلندتر از { $value } نویسه باشند.
import-name-taken = نام «{ $value }» از آن دستگاه دیگری است.
import-own-parent = دستگاه «{ $value }» بالادست خودش است.
import-parent-unknown = دستگاه بالادست «{ $value }» شناخته نیست.
import-too-large = فایل نباید بزرگ‌تر از { $max } مگابایت باشد.
import-twice = شناسه «{ $value }» تکراری است.

service-unknown = خدمتی با شناسه «{ $id }» پیدا نشد. نام یا شناسه آن را با /rate بفرستید.
service-inactive = خدمت «{ $title }» اکنون فعال نیست و ارزیابی آن بسته است.
survey-required = برای ادامه، یکی از پنج چهره را بزنید.
survey-face-first = نخست یکی از پنج چهره را بزنید؛ بقیه پرسش‌ها پس از آن می‌آید.
survey-unknown-question = این پرسش دیگر در این نظرسنجی نیست.
survey-unknown-value = این گزینه در این پرسش نیست.
survey-text-too-long = نوشته شما { $length } نویسه است و حداکثر { $max } نویسه جا دارد (هر شکلک دو نویسه است)؛ ثبت نشد. لطفاً کوتاه‌تر بنویسید.
survey-text-without-words = لطفاً نظرتان را با کلمه بنویسید.
case-needs-words = برای گرفتن پاسخ، نخست نظرتان را در یک جمله بنویسید.
case-unknown = چنین پرونده‌ای پیدا نشد یا در دست شما نیست.
case-not-now = در وضعیت کنونی پرونده این کار شدنی نیست.
case-already-there = این پرونده هم‌اکنون نزد همین دستگاه است.
case-answer-empty = متن پاسخ خالی است.
case-answer-too-long = پاسخ حداکثر { $max } نویسه است و نوشته شما { $length } نویسه دارد (هر شکلک دو نویسه است). لطفاً کوتاه‌تر بنویسید و دوباره بفرستید.
case-decided = { $who ->
    [you] خود شما به این پرونده پاسخ داده‌اید.
    [colleague] «{ $name }» پیش از شما به این پرونده پاسخ داده است.
    [operator] یکی از کارشناسان سازمان پیش از شما به این پرونده پاسخ داده است.
   *[somebody] به این پرونده پیش‌تر پاسخ داده شده است.
}
case-nobody-waits = نویسنده این پرونده دیگر منتظر پاسخ نیست و پرونده بسته شده است.
case-elsewhere = این پرونده دیگر در دست شما نیست؛ به دستگاه یا کارشناس دیگری سپرده شده است.
case-seen-already = دیدن این پرونده پیش‌تر ثبت شده است.
case-kept-already = این پرسش پیش‌تر برای همین حکم پیشنهاد شده است.
case-words-gone = متن این پرسش به خواست نویسنده پاک شده است.
case-told-already = نتیجه همین نوشته به شما گفته شده است: /track { $code }. اگر نکته تازه‌ای هست، نوشته‌تان را ویرایش کنید و دوباره خبر بخواهید.
outcome-over = این پرونده اکنون منتظر نظر دوباره شما نیست. وضعیت آن: /track { $code }
response-not-held = درباره این پاسخ‌ها پیش‌تر تصمیم گرفته شده است.
staff-operators-only = این کار تنها برای کارشناسان سازمان باز است.
staff-only = این بخش برای نمایندگان دستگاه‌ها و کارشناسان سازمان است. با /agency آغاز کنید.
staff-other-agency = نتایج این خدمت تنها برای دستگاه خودش و کارشناسان سازمان باز است.
form-old = این دکمه زیر پیامی قدیمی است و دیگر کار نمی‌کند. لطفاً از آخرین پیام ادامه دهید.
