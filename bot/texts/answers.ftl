# Answers to questions.

corrected = 🔎 چنین خواندم: { $question }
definition-title = 📖 تعریف «{ $term }» در { $where }
none-of-kind = { $where }، { $kind } ندارد.
deadline-none = ⏳ برای این حکم مهلتی در متن تعیین نشده است.
responsible-none = 👤 متن، مسئول مشخصی برای این حکم نام نبرده است.

asked-back = این نشانی در چند جا هست. کدام را می‌خواهید؟
others-title = شاید یکی از این‌ها را می‌خواستید:
same-number-title = همین شماره در متن‌های دیگر:
other-definitions-title = همین واژه در متن‌های دیگر:
duties-title = <b>تکالیف { $actor }</b> ({ $count } حکم)
# What names a body as one that acts along, alone or beside what it must do itself; and that nothing names it so.
partner-title = <b>همکاری‌های { $actor }</b> ({ $count } حکم)
roles-title = <b>حکم‌هایی که { $actor } در آن‌ها مسئول یا همکار است</b> ({ $count } حکم)
roles-none = چنین حکمی برای <b>{ $actor }</b> در این متن‌ها نیست. نام آن در این حکم‌ها آمده است:
body-role = <b>▪️ { $role ->
    [responsible] مسئول یا مجری
   *[partner] همکار
}</b>
rows-title = <b>{ $count } مورد پیدا شد</b>
# What a list of one regulation holds.
rows-title-in = <b>{ $kind ->
    [step] گام‌ها
    [stage] مرحله‌ها
    [phase] مرحله‌ها
    [project] پروژه‌ها
    [timetable] ردیف‌های جدول
    [chp] فصل‌ها
    [part] بخش‌ها
    [art] ماده‌ها
    [note] تبصره‌ها
   *[other] حکم‌ها
} در «{ $where }»</b> ({ $count } مورد)
list-all-in = همه در «{ $where }»:
# Lists of limits over all texts.
limit-list-title = <b>{ $wanted ->
    [ahead] مهلت‌های پیش رو
    [passed] مهلت‌های گذشته
    [waiting] مهلت‌های در انتظار رویداد
    [recurring] تکالیف دوره‌ای و پیوسته
   *[every] مهلت‌ها
}</b>
limit-list-count = ({ $count } مورد)
limit-list-texts = 📚 { $names }
limit-list-span = 📅 { $since } تا { $until }
limit-list-length = ⏳ { $amount } { $unit ->
    [day] روزه
   *[month] ماهه
}
limit-list-day = 📅 { $day }
limit-list-none = چنین مهلتی در این متن‌ها نیست.
limit-list-group = <b>▪️ { $standing ->
    [ahead] پیش رو
    [later] نزدیک‌ترین مهلت‌های پس از آن
    [earlier] آخرین مهلت‌های پیش از آن
    [waiting] در انتظار رویداد
    [recurring] پیوسته یا بدون تاریخ معین
   *[passed] گذشته
}</b>
limit-list-entry = <b>{ $label }</b>: { $action }
limit-list-more = … و { $count } مورد دیگر.
limit-list-common = تکلیف‌هایی که بر همه دستگاه‌هاست جداست؛ برای دیدنشان بنویسید «مهلت‌های دستگاه‌های اجرایی».
limit-list-previous = مهلت‌های متن پیشین در این فهرست نیست. برای دیدنشان بنویسید «مهلت‌های { $name }».

list-entry-bare = • <b>{ $label }</b>
list-entry = • <b>{ $label }</b>: { $heading }

no-such-provision = { $asked } پیدا نشد.
no-such-anywhere = <b>{ $asked }</b> در هیچ‌یک از این { $count } متن وجود ندارد.
no-such-reference = این نشانی
no-such-provision-in = <b>{ $asked }</b> در { $where } وجود ندارد.
no-such-kind-in = { $where } { $kind } ندارد.
no-such-range = شماره‌های موجود: { $kind } { $first } تا { $last }.
no-such-only = تنها شماره موجود: { $kind } { $first }.

no-confident-answer = برای این پرسش پاسخ مطمئنی در این مقررات پیدا نکردم.
nothing-found = درباره این پرسش در این مقررات چیزی پیدا نکردم.
what-can-be-asked = از من می‌توانید متن ماده‌ها، مهلت‌ها، دستگاه‌های مسئول و تعریف‌های مقررات دولت هوشمند را بپرسید، مانند «مهلت نظرسنجی از مردم کی بود؟» یا «ماده ۲۱ نقشه راه».
perhaps = شاید یکی از این‌ها به کارتان بیاید:
rephrase = می‌توانید پرسش را با واژه‌های دیگر بنویسید یا نشانی حکم را بفرستید، مانند «ماده ۲۱ نقشه راه».

empty-question = پرسشی در پیام شما ندیدم. لطفاً آن را با واژه بنویسید.
too-long = پرسش شما { $length } نویسه دارد و من تا { $limit } نویسه را می‌خوانم. لطفاً کوتاه‌تر بنویسید.
refused-personal-data =
    🔒 در پیام شما شماره‌ای مانند کد ملی، تلفن یا کارت بانکی بود. برای حفظ حریم شما پاسخ ندادم و آن شماره را نگه نداشتم.
    لطفاً پرسش را بدون آن بفرستید.

ask = پرسش خود را بنویسید، همان‌طور که از یک همکار می‌پرسید.
reference-wanted = نشانی حکم را بنویسید، مانند «ماده ۲۱ نقشه راه» یا «تبصره ۲ ماده ۶».

thanks-useful = سپاسگزارم.
thanks-not-useful = متأسفم. پرسش را با واژه‌های دیگر بنویسید یا برای کارشناس بفرستید.
thanks-not-useful-others = متأسفم. «گزینه‌های دیگر» را ببینید، پرسش را با واژه‌های دیگر بنویسید یا برای کارشناس بفرستید.
not-your-answer = این پاسخ به پرسش شخص دیگری است.

button-useful = 👍 مفید بود
button-not-useful = 👎 نبود
button-useful-chosen = 👍 مفید بود ✓
button-not-useful-chosen = 👎 نبود ✓
button-others = گزینه‌های دیگر ({ $count })
button-other-texts = در متن‌های دیگر ({ $count })
button-back-to-answer = ↩ بازگشت به پاسخ
button-contents-of = فهرست { $label }
