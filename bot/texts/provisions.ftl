# What stands around the wording of a provision. The wording itself never comes from here.

provision-title = <b>{ $label }</b>
provision-heading = <i>{ $heading }</i>
quote-label = <i>{ $label }:</i>
quote-number = { $number })
quote-bullet = •
quote-left-out = […]

limit-due = ⏳ «{ $quote }» ← <b>{ $date }</b> ({ $state })
limit-next = 🔁 «{ $quote }» ← نوبت بعدی: <b>{ $date }</b> ({ $state })
limit-waiting = ⏳ «{ $quote }» ← در انتظار رویداد: { $events }
limit-periodic = 🔁 «{ $quote }» ← دوره‌ای، بدون تاریخ معین
limit-continuous = 🔁 «{ $quote }» ← پیوسته
limit-what = <b>{ $action }</b>
limit-of = <b>{ $action }</b> ({ $where })
limit-reading = برداشت: { $reading }
limit-alternative = برداشت دیگر: { $reading }
limit-counted-from = مبدأ: { $events }
limit-responsible = 👤 مسئول این مهلت: <b>{ $names }</b>
limit-event = { $title }
limit-event-dated = { $title } ({ $date })
limit-conflict = ⚠️ { $where } برای همین تکلیف زمان دیگری گذاشته است: «{ $quote }» ← <b>{ $date }</b>.
limit-conflict-words = ⚠️ { $where } برای همین تکلیف زمان دیگری گذاشته است: «{ $quote }».
state-passed = { $days } روز گذشته
state-today = امروز
state-left = { $days } روز مانده

who-responsible = 👤 مسئول: <b>{ $names }</b>
who-partners = 🤝 با همکاری: { $names }
who-others = 🏛 نهادهای دیگری که نام برده شده‌اند: { $names }

editor-note = 📝 یادداشت ویراستار:
external-laws = ↗ ارجاع به متن‌های بیرون از این مجموعه: { $names }
regulation-note = ⚠️

notes-title = <b>تبصره‌های { $label }</b>
limits-title = <b>مهلت‌های { $label }</b>
limits-none = در این حکم مهلتی نیست.

button-notes = تبصره‌ها ({ $count })
button-inside = اجزا ({ $count })
button-limits = مهلت‌ها ({ $count })
button-whole = متن کامل { $label }
button-back-to = ↩ { $label }
button-before = → { $label }
button-after = { $label } ←
button-reference = ↗ { $label }
button-contents = فهرست
button-share = هم‌رسانی
button-open = بازکردن در رهیار

shared-more = <i>ادامه متن در رهیار</i>
inline-ask = پرسش یا نشانی حکم را بنویسید
