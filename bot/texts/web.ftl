### Texts of the web pages: chat, regulations, messages about what went wrong. Plain text, no markup.

## Name

web-name = رهیار
web-tagline = دستیار مقررات دولت هوشمند
web-title = رهیار؛ دستیار مقررات دولت هوشمند
web-description = پرسش خود را به فارسی بنویسید؛ رهیار عین متن ماده، مهلت آن و دستگاه مسئول را نشان می‌دهد.

## Chat page

web-skip = پرش به کادر پرسش
web-log-label = گفت‌وگو با رهیار
web-welcome-title = چه چیزی را در مقررات دولت هوشمند می‌جویید؟
web-welcome-text = به زبان خودتان بپرسید. رهیار عین متن حکم را با نشانی، مهلت و مسئول آن می‌آورد و از خود چیزی نمی‌سازد.
web-welcome-examples = برای نمونه
web-welcome-browse = یا متن مقررات را ورق بزنید
web-welcome-privacy = متن پرسش‌ها تا ۹۰ روز نگه داشته می‌شود. شماره ملی، تلفن یا کارت ننویسید.
web-example-survey = نظرسنجی از مردم با کیه و تا کی وقت داشت؟
web-example-reference = تبصره ۲ ماده ۶ نقشه راه
web-example-definition = «سازمان» در نقشه راه یعنی کدام نهاد؟
web-example-duties = وزارت ارتباطات چه وظایفی دارد؟
web-example-steps = گام‌های چرخه هوشمندسازی
web-input-label = پرسش شما
web-input-placeholder = پرسش خود را بنویسید…
web-answer-placeholder = پاسخ خود را بنویسید…
web-answer-too-long = پاسخ شما بیش از { $limit } نویسه است و فرستاده نمی‌شود. لطفاً آن را کوتاه‌تر کنید.
web-attach = پیوست کردن فایل یا عکس
web-file-too-large = این فایل بیش از ۲۰ مگابایت است و فرستاده نمی‌شود. لطفاً فایل کوچک‌تری بفرستید.
web-file-empty = این فایل خالی است.
web-file-not-awaited = اکنون فایلی لازم نیست. برای فرستادن مدرک، نخست گزارش را با /done آغاز کنید.
web-file-sending = در حال فرستادن فایل…
web-input-hint = اینتر می‌فرستد؛ شیفت و اینتر به سطر تازه می‌رود.
web-send = فرستادن
web-menu = منو
web-theme = رنگ صفحه
web-theme-auto = رنگ صفحه: مانند دستگاه
web-theme-light = رنگ صفحه: روشن
web-theme-dark = رنگ صفحه: تیره
web-offline = ارتباط با رهیار برقرار نیست. آنچه می‌نویسید نگه داشته و پس از برقراری فرستاده می‌شود.
web-reconnecting = ارتباط قطع شد؛ در حال تلاش دوباره…
web-online = ارتباط برقرار شد.
web-sending = در حال فرستادن
web-queued = هنوز فرستاده نشده
web-retry = فرستادن دوباره
web-discard = پاک کردن
web-failed = فرستاده نشد. لطفاً دوباره تلاش کنید.
web-too-long = پرسش شما بیش از { $limit } نویسه است و فرستاده نمی‌شود. لطفاً آن را کوتاه‌تر کنید.
web-typing = رهیار در حال پاسخ دادن است
web-older = پیام‌های پیشین
web-new-message = پیام تازه
web-expand = نمایش همه متن
web-collapse = نمایش کوتاه
web-open-page = صفحه این حکم (در برگه تازه باز می‌شود)
web-copied = پیوند کپی شد
web-share-failed = پیوند کپی نشد؛ صفحه حکم را باز کنید و پیوند را از نوار نشانی بردارید.
web-copy-failed = کپی نشد؛ پیوند را از نوار نشانی بردارید.
web-new-tab = در برگه تازه باز می‌شود
web-buttons = گزینه‌های این پیام
web-mine = شما:
web-bot = رهیار:
web-picture = تصویر:
web-today = امروز
web-update = نسخه تازه‌ای از صفحه آماده است.
web-reload = بارگذاری دوباره
web-no-calendar = این نشانی تقویم دیگر کار نمی‌کند. نشانی تازه را با /calendar از رهیار بگیرید.
web-noscript = گفت‌وگو به جاوااسکریپت نیاز دارد. متن کامل مقررات بدون آن هم در دسترس است.
web-command-regulations = مرور مقررات
web-command-definitions = تعریف‌ها
web-command-settings = تنظیمات
web-command-help = راهنما
web-command-privacy = حریم خصوصی
web-command-forget = فراموشم کن
web-command-start = شروع
web-command-cancel = انصراف

## Pages of provisions

web-regulations-title = متن مقررات
web-regulations-lead = متن بازبینی‌شده پنج سند دولت هوشمند، با نشانی پایدار برای هر حکم.
web-regulations-count = { $articles } ماده
web-regulation-facts = شناسنامه
web-regulation-issuer = مرجع صدور
web-regulation-number = شماره
web-regulation-approved = تاریخ تصویب
web-regulation-promulgated = تاریخ ابلاغ
web-regulation-unknown = آنچه دانسته نیست
web-regulation-sources = هر شماره و تاریخ کجا خوانده شده است
web-regulation-contents = فهرست
web-definitions = تعریف‌ها
web-list-comma = {"، "}
web-not-printed = چاپ نشده
web-breadcrumbs = مسیر
web-law-text = متن حکم
web-editor-note = یادداشت ویراستار
web-editors-heading = عنوان از ویراستار است و جزو متن نیست.
web-limits = مهلت‌ها
web-limit-reading = برداشت ما
web-limit-alternative = برداشت دیگر
web-limit-conflict = برای همین تکلیف زمان دیگری هم گفته شده است:
web-state-passed = { $days } روز از آن گذشته است
web-state-today = امروز پایان مهلت است
web-state-upcoming = { $days } روز مانده است
web-state-waiting = در انتظار: { $events }
web-state-recurring = دوره‌ای یا مستمر
web-responsible = مسئول
web-limit-responsible = مسئول این مهلت
web-partners = با همکاری
web-others = نهادهای دیگری که نام برده شده‌اند
web-previous = قبلی
web-next = بعدی
web-contained = بخش‌های زیر
web-ask-about = پرسیدن از رهیار
web-print = چاپ
web-copy-page-link = کپی پیوند
web-share = هم‌رسانی
web-source-note = این متن از روی نسخه در دست، بازخوانی و پاکیزه شده است؛ ملاک رسمی، نسخه ابلاغی است.
web-home = گفت‌وگو با رهیار

## What went wrong

web-error-title = این صفحه باز نشد
web-error-404-title = چنین صفحه‌ای نیست
web-error-404 = شاید نشانی ناقص رسیده باشد. از فهرست مقررات می‌توانید حکم را پیدا کنید.
web-error-500 = اشکالی در کار رهیار پیش آمد. لطفاً کمی بعد دوباره تلاش کنید.
web-error-method = این کار در این نشانی شدنی نیست.
web-bad-request = درخواست خوانده نشد.
web-too-many-requests = درخواست‌ها کمی تند شد؛ لطفاً چند لحظه صبر کنید و دوباره بفرستید.
web-no-cookie = مرورگر شما کوکی صفحه را نفرستاد. لطفاً صفحه را دوباره باز کنید.
web-foreign-origin = این درخواست از صفحه رهیار نیامده است.
web-body-too-large = متن فرستاده‌شده بسیار بلند است.
web-not-allowed = این نشانی فقط از روی همین دستگاه یا با رمز باز می‌شود.
web-no-such-provision = چنین حکمی در این مقررات نیست.

## The survey page of a service

web-survey-label = ارزیابی خدمت
web-survey-title = ارزیابی خدمت: { $title }
web-survey-description = نظر خود را درباره «{ $title }» ({ $agency }) با یک لمس بگویید.
web-survey-skip = پرش به پرسش
web-survey-thanks = نظر شما ثبت شد. { $mood ->
    [low] متأسفیم که راضی نبودید و سپاسگزاریم که گفتید.
   *[other] سپاسگزاریم.
} پاسخ به پرسش‌های بعدی اختیاری است.
web-survey-number = (پرسش { $number } از { $count })
web-survey-words-hint = نام و نشانی ننویسید؛ کد ملی، شماره تلفن و شماره کارت پوشانده می‌شود.
web-survey-next = ادامه
web-survey-pass = گذشتن
web-survey-enough = پایان
web-survey-example = این خدمت نمونه است و نتیجه آن به جایی فرستاده نمی‌شود.
web-survey-privacy = نام شما پرسیده و نگه داشته نمی‌شود. یک لمس کافی است.
web-survey-done = نظر شما ثبت شد. { $mood ->
    [low] متأسفیم که راضی نبودید و سپاسگزاریم که گفتید.
   *[other] سپاسگزاریم.
}
web-survey-code = کد رهگیری شما:
web-survey-wish = می‌خواهید از نتیجه نظرتان باخبر شوید؟ تنها در این صورت پیوندی با شما نگه داشته می‌شود، آن هم تا بسته شدن پرونده.
web-survey-wish-yes = بله، خبرم کنید
web-survey-wish-no = نه، لازم نیست
web-survey-wished = نتیجه را در همین صفحه و در گفت‌وگوی رهیار می‌بینید.
web-survey-outcome = نتیجه نظر شما
web-survey-state = وضعیت:
web-survey-again = اکنون چقدر راضی هستید؟
web-survey-change = تغییر نظر
web-survey-gone = ارزیابی در دسترس نیست
web-survey-unknown = خدمتی با این شناسه پیدا نشد. شاید پیوند ناقص است؛ شناسه روی پوستر را دوباره ببینید یا نام خدمت را در گفت‌وگو بنویسید.
web-survey-no-cookie = مرورگر شما کوکی نمی‌پذیرد، پس نظرتان ثبت نشد. لطفاً کوکی را روشن کنید و دوباره بزنید.
