# Settings, privacy, being forgotten.

settings =
    <b>تنظیمات پاسخ</b>
    پاسخ کوتاه، برداشت‌های دیگر و ارجاع به متن‌های بیرونی را نشان نمی‌دهد. متن حکم همیشه کامل است.
# { $value } is the setting and its value.
settings-value = { $value ->
    [detail-full] پاسخ کامل
    [detail-short] پاسخ کوتاه
    [dates-words] ۳۱ مرداد ۱۴۰۴
   *[dates-digits] ۱۴۰۴/۰۵/۳۱
}
settings-saved = ذخیره شد.
button-chosen = ✓ { $name }

# { $chat } is "yes" where the conversation itself is kept by us: on the web and in the terminal.
privacy =
    <b>چه چیزی نگه داشته می‌شود؟</b>
    • متن پرسش‌ها بی نام شما، { $days } روز، برای بهترشدن پاسخ‌ها؛ پس از آن فقط آمار می‌ماند.
    • پاسخ «مفید بود؟» و گزینه‌ای که باز می‌کنید، کنار همان پرسش.
    • تنظیمات شما و آخرین حکمی که دیده‌اید، تا گفت‌وگو دنباله داشته باشد.
    { $chat ->
        [yes] • خود این گفت‌وگو، تا بار بعد هم آن را ببینید.
       *[no] • این گفت‌وگو نزد پیام‌رسان شماست و رهیار نسخه‌ای از آن نگه نمی‌دارد.
    }

    پیامی که کد ملی، تلفن یا شماره کارت در آن باشد بی‌پاسخ می‌ماند و آن شماره نگه داشته نمی‌شود.
    هر وقت بخواهید با /forget همه را پاک کنید.
forget =
    <b>همه اطلاعات شما پاک شود؟</b>
    تنظیمات، دنباله گفت‌وگو، متن پرسش‌ها و نظرهایتان برای همیشه پاک می‌شود و بازگرداندنی نیست.
forgotten = <b>پاک شد.</b> این‌ها دیگر نزد رهیار نیست:
# { $table } is the name of what was emptied.
forgotten-line = • { $table ->
    [people] شناسه و تنظیمات شما
    [conversation_states] دنباله گفت‌وگو
    [chat_messages] پیام‌های گفت‌وگو
    [chats] خود گفت‌وگو
    [questions] متن و نظر پرسش‌ها
    [inbox] پیام‌های در نوبت
    [agencies] دستگاه‌هایی که ساختید
    [anchor_events] رویدادهایی که ثبت کردید
    [broadcasts] پیام‌های همگانی شما
    [calendar_feeds] نشانی تقویم شما
    [case_steps] گام‌های پرونده‌های شما
    [cases] پرونده‌های شما
    [closures] تعطیلی‌هایی که ثبت کردید
    [duty_states] وضعیت تکلیف‌ها
    [evidence] مدارکی که فرستادید
    [forward_deliveries] نوبت‌های فرستادن
    [forward_targets] مقصدهای فرستادن
    [invitations] دعوت‌های شما
    [kept_answers] پاسخ‌های نگه‌داشته
    [memberships] عضویت شما در دستگاه‌ها
    [outbox_events] رویدادهای در راه
    [outgoing_messages] پیام‌های در راه
    [reminder_settings] تنظیم یادآوری‌ها
    [reminders] یادآوری‌های شما
    [reports] گزارش‌های انجام
    [services] خدمت‌هایی که ثبت کردید
    [snoozes] یادآوری‌های به‌تعویق‌افتاده
    [survey_openings] نظرسنجی‌هایی که باز کردید
    [survey_responses] پاسخ‌های نظرسنجی
    [survey_tallies] جمع‌های نظرسنجی
   *[other] داده‌های دیگر
} ({ $count })
forgotten-nothing = چیزی از شما نزد رهیار نبود.

button-forget = پاک‌کردن اطلاعات من
button-forget-yes = بله، همه را پاک کن
button-forget-no = نه، بماند
kept = بسیار خب، چیزی پاک نشد.
