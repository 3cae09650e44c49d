# Messages that the bot sends by itself: daily reminders, notices of events, decisions.

reminder-daily = 🗓 <b>یادآوری امروز</b>
reminder-due = <b>{ $action }</b>
reminder-agency = { $agency }
reminder-date = موعد: <b>{ $date }</b> ({ $state })
reminder-was = پیش‌تر: { $date }
reminder-no-date = موعد آن دیگر معلوم نیست؛ تا ثبت دوباره رویداد در انتظار می‌ماند.
reminder-source = { $label }: «{ $quote }»
reminder-more = و { $count } تکلیف دیگر؛ همه را در /obligations ببینید.
reminder-left = { $days } روز مانده
reminder-today = امروز
reminder-passed = { $days } روز گذشته
reminder-head = ⚠️ این تکلیف از موعد گذشته و هنوز گزارشی برای آن نرسیده است.

button-duty-details = جزئیات
button-duty-details-of = جزئیات { $number }
button-duty-report = گزارش انجام
button-duty-snooze = یادآوری دیرتر
button-duty-calendar = افزودن به تقویم

notice-event-recorded = 📌 <b>{ $event }</b> در تاریخ { $date } ثبت شد. با این رویداد، موعد این تکلیف‌ها معلوم شد:
notice-event-corrected = 📌 تاریخ <b>{ $event }</b> به { $date } اصلاح شد. موعدهای تازه:
notice-event-withdrawn = 📌 تاریخ ثبت‌شده برای <b>{ $event }</b> پس گرفته شد. این تکلیف‌ها دوباره در انتظارند:
notice-reported = 📥 <b>{ $agency }</b> انجام این تکلیف را گزارش کرد. لطفاً بررسی و تأیید کنید یا با ذکر دلیل برگردانید.
notice-report-note = توضیح: { $note }
notice-report-files = تعداد مدرک: { $count }
notice-confirmed = ✅ گزارش انجام این تکلیف تأیید شد.{ $lasts ->
    [yes] { " " }تکلیف همیشگی است و می‌ماند؛ گزارش بعدی را هر وقت آماده بود با /done بدهید.
   *[no] { "" }
}
notice-returned = ↩️ گزارش انجام این تکلیف برگردانده شد. دلیل: { $reason }
notice-joining = 👤 <b>{ $name }</b> می‌خواهد به‌عنوان { $role } به «{ $agency }» بپیوندد.
notice-joining-basis = مستند معرفی: { $basis }
notice-joined = ✅ پیوستن شما به «{ $agency }» تأیید شد. تکلیف‌ها را در /obligations ببینید.
notice-not-joined =
    درخواست پیوستن شما به «{ $agency }» پذیرفته نشد. دلیل: { $reason }
    هر وقت آماده بود، با /agency دوباره درخواست بدهید.
notice-past = پیش از پیوستن شما موعد { $count } تکلیف گذشته است. هرکدام را مشخص کنید: انجام شده، مربوط به ما نیست، یا هنوز باز است.
notice-away =
    🏖 <b>{ $name }</b> از «{ $agency }» تا { $date } در دسترس نیست. { $takes ->
        [yes] تا آن روز یادآوری‌ها به شما می‌رسد.
        [still] یادآوری‌ها مانند پیش به شما می‌رسد، یادآوری آنچه به او سپرده شده بود هم.
       *[no] تا آن روز یادآوری‌ها به همکار دیگرتان می‌رسد.
    }
notice-back = <b>{ $name }</b> به «{ $agency }» برگشت{ $reminded ->
    [yes] { " " }و یادآوری‌ها دوباره به او می‌رسد.
   *[no] { "." }
}
notice-blocked = پیام‌های ربات به <b>{ $name }</b> از «{ $agency }» نمی‌رسد. لطفاً پیگیری تکلیف‌های دستگاه را بر عهده بگیرید.
notice-handed-on = 🤝 پیگیری این تکلیف از این پس با <b>{ $name }</b> است و یادآوری آن به او می‌رسد:
notice-handed-over = 🤝 <b>{ $name }</b> پیگیری این تکلیف را به شما سپرد:
notice-broadcast = 📢 { $text }
button-report-confirm = تأیید
button-report-return = برگرداندن
button-joining-approve = پذیرفتن
button-joining-refuse = نپذیرفتن
role-representative = نماینده
role-deputy = جانشین
role-head = بالاترین مقام
role-operator = کارشناس سازمان

# An agency's calendar file.
calendar-name = تکلیف‌های دستگاه من
calendar-due = موعد:
calendar-quote = به استناد
calendar-reading = برداشت:
