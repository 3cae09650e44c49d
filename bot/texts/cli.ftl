# The command line and what an operator reads in a terminal. Plain text, one line each.

cli-about = رهیار: دستیار فارسی مقررات دولت هوشمند. بدون فرمان، همه چیز را همان‌طور که تنظیم شده راه می‌اندازد.
cli-commands = فرمان‌ها
cli-usage = کاربرد:
cli-arguments = ورودی‌ها
cli-options = گزینه‌ها
cli-help = همین راهنما را نشان می‌دهد
cli-help-version = شماره نسخه را نشان می‌دهد
# What was typed and is not understood; the hint stands behind the reason.
cli-arguments-hint = { $reason } راهنما: python { $command } --help
cli-arguments-missing = این ورودی‌ها نوشته نشده است: { $names }.
cli-arguments-unknown = این ورودی‌ها شناخته نیست: { $names }.
cli-arguments-wrong = ورودی‌ها درست نیست: { $reason }.
cli-choice = «{ $value }» برای { $name } پذیرفته نیست؛ یکی از این‌ها را بنویسید: { $choices }.
cli-not-a-number = { $name } باید عدد صحیح باشد، نه «{ $value }».
cli-value-missing = پس از { $name } چیزی نوشته نشده است.
cli-value-unwanted = { $name } مقداری نمی‌گیرد؛ «{ $value }» را بردارید.
cli-ambiguous = «{ $name }» روشن نیست؛ کدام را می‌خواهید: { $choices }؟
cli-help-ask = به یک پرسش، یا پرسش‌های یک فایل، پاسخ می‌دهد
cli-help-question = پرسش به فارسی
cli-help-batch = فایلی با یک پرسش در هر سطر: {"{"}"id", "q"{"}"}
cli-help-json = خروجی JSON برای برنامه‌های دیگر
cli-help-provisions = همه حکم‌ها را چاپ می‌کند
cli-help-obligations = همه تکلیف‌ها و موعدها را چاپ می‌کند
cli-help-propose = مهلت‌ها و دوره‌های یک مقرره را برای بررسی پیشنهاد می‌کند
cli-help-propose-source = نشان یک مقرره موجود، یا یک فایل متنی
cli-help-rank = همین جست‌وجو روی یک مجموعه متن دیگر، برای سنجش
cli-help-chat = گفت‌وگو در همین ترمینال
cli-indexing = ساخت نمایه جست‌وجو
cli-ask-empty = پرسشی نوشته نشده است؛ نمونه: python run.py ask "نظرسنجی از مردم با کیه؟"
cli-file-unreadable = فایل { $path } خوانده نشد: { $reason }
cli-batch-line = سطر { $line } فایل { $path } باید یک شیء JSON با id و q باشد.
cli-data-dir = پوشه داده { $path } ساخته نشد: { $reason }. جای دیگری را با RAHYAR_DATA_DIR بدهید.
cli-setting = تنظیم نادرست — { $reason }
cli-setting-line = «{ $setting }» ({ $where }) { $reason }
cli-setting-file = در { $name }
cli-setting-environment = در متغیر محیطی { $name }
cli-setting-toml = فایل { $name } خوانده نشد، چون TOML درستی نیست: { $reason }
# { $allowed } is a bound or the values that there are.
cli-setting-reason = { $kind ->
    [integer] باید عدد صحیح باشد.
    [number] باید عدد باشد.
    [switch] باید true یا false باشد.
    [words] باید نوشته‌ای میان دو نشانه " باشد.
    [table] جدول است و خودش مقدار نمی‌گیرد؛ کلیدهای آن را جداگانه بنویسید.
    [ge] باید { $allowed } یا بیشتر باشد.
    [le] باید { $allowed } یا کمتر باشد.
    [gt] باید بیشتر از { $allowed } باشد.
    [lt] باید کمتر از { $allowed } باشد.
    [choice] باید یکی از این‌ها باشد: { $allowed }
    [begins] باید با یکی از این‌ها آغاز شود: { $allowed }
    [token] باید مانند { $allowed } باشد، همان‌گونه که BotFather می‌دهد.
    [username] باید نام کاربری ربات بدون @ باشد: پنج تا سی‌ودو حرف لاتین، رقم یا خط زیر، مانند { $allowed }
    [zone] باید نام یک منطقه زمانی IANA باشد، مانند { $allowed }
    [unknown] چنین تنظیمی نیست؛ تنظیم‌های موجود در { $allowed } آمده‌اند.
   *[other] پذیرفته نیست: { $allowed }
}
cli-port-taken = درگاه { $port } روی { $host } آزاد نیست ({ $reason })؛ با RAHYAR_WEB__PORT درگاه دیگری بدهید.
cli-nothing-to-start = نه وب روشن است و نه توکنی داده شده؛ چیزی برای راه‌اندازی نیست.
cli-index-failed = نمایه جست‌وجو در { $path } ساخته نشد: { $reason }
cli-running-web = رهیار آماده است: { $url }
cli-running-telegram = ربات تلگرام @{ $username } گوش می‌دهد.
cli-telegram-token = تلگرام این توکن را نمی‌پذیرد؛ RAHYAR_TELEGRAM__TOKEN را از BotFather دوباره بگیرید و رهیار را از نو راه بیندازید.
cli-telegram-away = تلگرام در { $base } در دسترس نیست؛ دوباره می‌آزماییم. پروکسی با RAHYAR_TELEGRAM__PROXY داده می‌شود.
cli-first-operator = هنوز کارشناسی ثبت نشده است. نخستین کارشناس این را یک بار در گفت‌وگو بفرستد: { $code }
cli-help-operator-code = کد ورود یک‌بارمصرف برای یک کارشناس سازمان می‌سازد
cli-operator-code = هر کس این را یک بار در گفت‌وگو بفرستد کارشناس سازمان می‌شود؛ کدهای پیشین دیگر کار نمی‌کند: { $code }
cli-forwarding = هدف‌های [forwarding] درست تنظیم نشده‌اند: { $reason }
cli-preparing = رهیار در حال آماده شدن است…

storage-wrong-url = نشانی پایگاه داده درست نیست ({ $place }): { $reason }
storage-missing-directory = پوشه { $place } نیست؛ آن را بسازید یا جای دیگری بدهید.
storage-unwritable = در { $place } نمی‌توان نوشت: { $reason }
storage-locked = پایگاه داده { $place } در دست برنامه دیگری است؛ آن را ببندید و دوباره بیازمایید.
storage-full = روی دیسک { $place } جا نمانده است؛ چیزی از دست نرفته، جا باز کنید و دوباره راه بیندازید.
storage-damaged = پایگاه داده { $place } خوانده نمی‌شود: { $reason }. از پشتیبان برگردانید.
storage-newer-schema = پایگاه داده { $place } از نسخه تازه‌تری از رهیار است؛ همان نسخه یا تازه‌تر را اجرا کنید.
storage-unreachable = پایگاه داده { $place } پاسخ نمی‌دهد: { $reason }
storage-refused = پایگاه داده { $place } نپذیرفت: { $reason }
storage-secret-too-short = مقدار { $place } کوتاه است؛ دست‌کم { $least } نویسه لازم است.
storage-secret-damaged = فایل { $place } خوانده نمی‌شود؛ آن را از پشتیبان برگردانید.
bot-name = رهیار

cli-help-poster = پوستر A4 یک خدمت را با کدهای دوبعدی می‌سازد
cli-help-poster-bot = نام کاربری ربات، بدون @
cli-help-services = فهرست خدمت‌ها، یا وارد کردن آن‌ها از CSV یا XLSX
cli-help-dry-run = چیزی ذخیره نمی‌شود؛ فقط همه ایرادها را سطر به سطر می‌گوید
cli-help-forward = وضعیت فرستادن نتایج به بیرون
cli-help-forward-status = وضعیت هر هدف را نشان می‌دهد (پیش‌فرض)
cli-help-forward-replay = آنچه نرسیده، یا یک رویداد، دوباره فرستاده می‌شود
cli-help-export = پاسخ‌ها را در یک فایل می‌نویسد
cli-poster-ending = نام فایل پوستر باید به ‎.svg یا ‎.pdf پایان یابد: { $path }
cli-poster-nowhere = پوستر به جایی نمی‌رسد؛ web.public_url یا telegram.username را در config.toml بنویسید، یا --telegram یا --bale بدهید.
cli-poster-username = نام کاربری «{ $name }» پذیرفته نیست؛ باید بدون @ و با پنج تا سی‌ودو حرف لاتین، رقم یا خط زیر باشد.
cli-poster-no-web = کد وب روی پوستر نیامد، چون web.public_url تنظیم نشده است؛ آن را در config.toml یا RAHYAR_WEB__PUBLIC_URL بنویسید.
cli-poster-done = پوستر در { $path } نوشته شد.
cli-services-file = فایل خدمت‌ها نوشته نشده است؛ نمونه: python run.py services import FILE.csv --dry-run
cli-help-agencies = فهرست دستگاه‌ها، یا وارد کردن آن‌ها از CSV یا XLSX
cli-agencies-file = فایل دستگاه‌ها نوشته نشده است؛ نمونه: python run.py agencies import FILE.csv --dry-run
cli-imported = تازه: { $added }، تغییریافته: { $changed }، بی‌تغییر: { $unchanged }.
cli-stored = ذخیره شد.
cli-not-stored = چیزی ذخیره نشد.
cli-row = سطر { $row }
cli-active = { $active ->
    [True] فعال
   *[False] غیرفعال
}
cli-forward-unknown = هدفی با نام { $target } نیست.
cli-forward-replayed = { $count } رویداد دوباره فرستاده می‌شود.
cli-forward-none = هنوز به جایی چیزی فرستاده نشده است.
cli-export-ending = نام فایل باید به ‎.csv، ‎.xlsx یا ‎.parquet پایان یابد: { $path }
cli-export-progress = { $rows } پاسخ…
cli-export-done = { $rows } پاسخ در { $path } نوشته شد.
cli-export-too-many = شمار پاسخ‌ها از گنجایش XLSX بیشتر است؛ CSV یا Parquet را برگزینید: { $path }
cli-file-unwritable = فایل { $path } نوشته نشد: { $reason }
cli-no-folder = پوشه‌اش نیست.

catalogue-empty = فایل هیچ خدمتی ندارد.
catalogue-id-twice = شناسه { $value } در سطر { $near } هم آمده است.
catalogue-cell-empty = خانه «{ $value }» خالی است.
catalogue-bad-id = شناسه «{ $value }» باید از رقم، حرف لاتین، نقطه و خط تیره باشد؛ در اکسل خانه‌اش را متنی کنید.
catalogue-too-long = عنوان یا دستگاه بلندتر از { $value } نویسه است.
catalogue-bad-active = مقدار «{ $value }» برای فعال بودن پذیرفته نیست؛ بله یا خیر بنویسید.
catalogue-own-parent = خدمت «{ $value }» مادر خودش است.
catalogue-agency-unknown = دستگاه «{ $value }» در فهرست دستگاه‌ها نیست و نامی مانند آن هم نیست؛ نخست خود دستگاه را وارد کنید.
catalogue-agency-near = دستگاه «{ $value }» در فهرست دستگاه‌ها نیست؛ نزدیک‌ترین نام‌ها: { $near }
catalogue-agency-several = نام «{ $value }» از چند دستگاه است؛ «شناسه دستگاه» را هم بنویسید: { $near }
catalogue-agency-id = شناسه دستگاه «{ $value }» در فهرست دستگاه‌ها نیست.
catalogue-agency-differs = شناسه دستگاه «{ $value }» از دستگاه دیگری است: { $near }

poster-call = از این خدمت راضی بودید؟
poster-how = کد را با دوربین گوشی بخوانید و یکی از پنج چهره را بزنید
poster-note = شناسه خدمت: { $id }. نام شما پرسیده نمی‌شود.
poster-example = این پوستر نمونه است ({ $id })؛ نتیجه این خدمت جایی فرستاده نمی‌شود.
poster-telegram = تلگرام
poster-bale = بله
poster-web = وب
