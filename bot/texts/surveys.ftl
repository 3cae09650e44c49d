# Rating a service: from a link or /rate to the tracking code.

survey-title = <b>ارزیابی خدمت: { $title } — { $agency }</b>
survey-thanks = ✅ <b>نظر شما ثبت شد: { $face }.</b> { $mood ->
    [low] متأسفیم که راضی نبودید و سپاسگزاریم که گفتید.
   *[other] سپاسگزاریم.
}
survey-more = اگر مایلید، همین چند پرسش کوتاه هم به بهتر شدن خدمت کمک می‌کند.
survey-review = پاسخ‌هایتان را یک‌یک ببینید و هر کدام را خواستید عوض کنید. هر تغییر همان دم ثبت می‌شود.
survey-words-now = اکنون نوشته‌اید:
survey-words-hint = بنویسید و بفرستید. نام و نشانی ننویسید؛ کد ملی، شماره تلفن و شماره کارت پوشانده می‌شود.
survey-done = کد رهگیری شما: <code>{ $code }</code>
survey-wish = می‌خواهید از نتیجه نظرتان باخبر شوید؟ تنها در این صورت پیوندی با شما نگه داشته می‌شود، آن هم تا بسته شدن پرونده.
survey-wished =
    نتیجه را همین‌جا به شما می‌گوییم.
    وضعیت: <code>/track { $code }</code>
survey-unwished = بسیار خب؛ از نتیجه خبری نمی‌فرستیم و پیوندی با شما نگه داشته نمی‌شود.
survey-told = نتیجه این نوشته به شما گفته شده است: <code>/track { $code }</code>. اگر نکته تازه‌ای هست، نوشته‌تان را ویرایش کنید و دوباره خبر بخواهید.
survey-again = نظر شما در این دوره ثبت شده است: { $face }. می‌توانید آن را تغییر دهید.
survey-face = { $face ->
    [f1] 😡 خیلی ناراضی
    [f2] 🙁 ناراضی
    [f3] 😐 متوسط
    [f4] 🙂 راضی
   *[f5] 😀 خیلی راضی
}
survey-example-note = این خدمت نمونه است و نتیجه آن جایی فرستاده نمی‌شود.

service-example = { $title } (نمونه)
rate-wanted = نام خدمت یا شناسه آن را بنویسید، مانند «شناسنامه».
rate-found = کدام خدمت؟ اگر در فهرست نیست، نام را کامل‌تر بنویسید.
rate-not-found = خدمتی با نام «{ $words }» پیدا نکردم. لطفاً نام یا شناسه آن را بنویسید.
track-wanted = کد رهگیری را بنویسید.
track-unknown = پرونده‌ای با این کد پیدا نکردم. اگر نخواسته‌اید از نتیجه باخبر شوید، برای نظر شما پرونده‌ای ساخته نمی‌شود. کد دیگر: /track
track-state = پرونده { $code }: <b>{ $state }</b>
track-answer = پاسخ: { $answer }
# Where a case stands, and what else its history tells.
case-state = { $state ->
    [received] رسیده
    [acknowledged] دیده شده
    [with_agency] نزد دستگاه
    [with_operators] نزد کارشناسان
    [assigned] سپرده به همکار
    [escalated] گفته‌شده به بالاترین مقام
    [edited] نوشته تازه نویسنده
    [again] دوباره باز شده
    [withdrawn] بسته به خواست نویسنده
    [answered] پاسخ داده شده
    [outcome_told] نتیجه گفته شده
    [asked_again] در انتظار نظر دوباره
   *[closed] بسته
}

button-survey-skip = گذشتن
button-survey-next = ادامه
button-survey-finish = پایان
button-survey-keep = همین بماند
button-survey-take-back = پاک کردن این پاسخ
button-survey-change = تغییر نظر
button-survey-words-add = نوشتن نظر
button-survey-words-edit = ویرایش نوشته
button-survey-wish-back = دیگر خبر نمی‌خواهم
button-survey-wish = بله، خبرم کنید
button-survey-no-wish = نه، لازم نیست
button-expert = فرستادن پرسش برای کارشناس
expert-sent = پرسش شما برای کارشناسان سازمان ثبت شد. هر گاه کارشناسی پاسخ دهد، همین‌جا به شما می‌گویم. کد رهگیری: <code>{ $code }</code>
expert-forgotten = متن این پرسش دیگر نگه داشته نمی‌شود. لطفاً آن را دوباره بپرسید.
outcome-thanks = ✅ <b>نظر دوباره شما ثبت شد: { $face }.</b> { $mood ->
    [low] متأسفیم که هنوز راضی نیستید و سپاسگزاریم که گفتید.
   *[other] سپاسگزاریم.
} پرونده بسته شد.
outcome-still-open = اگر کارتان هنوز مانده است، بنویسید چه مانده و دوباره خبر بخواهید تا پرونده باز شود.
button-outcome-words = نوشتن آنچه مانده
outcome-question = اکنون چقدر راضی هستید؟

command-rate = ارزیابی یک خدمت
command-track = پیگیری یک نظر
