# Acting for an agency: joining, roles, leave.

agency-none =
    <b>دستگاه من</b>
    شما هنوز از سوی دستگاهی کار نمی‌کنید. نام دستگاه خود را بنویسید تا پیدایش کنم؛ نام کوتاه هم کافی است، مانند «ثبت احوال».
agency-places = <b>دستگاه‌های من</b>
agency-place = • <b>{ $agency }</b>: { $role }
agency-place-pending = • <b>{ $agency }</b>: { $role }، در انتظار تأیید
agency-place-operators = • کارشناس سازمان؛ میز کار شما: /operator
agency-place-away = شما تا { $date } در دسترس نیستید؛ تا آن روز یادآوری‌ها به همکارانتان می‌رسد، اگر کسی باشد.
agency-name-wanted = نام دستگاه را بنویسید.
agency-asked-instead = این را پرسش دانستم و پاسخش در پیام بعدی است. انتخاب دستگاه نیمه‌کاره ماند.
button-agency-again = ادامه انتخاب دستگاه
agency-found = کدام دستگاه؟ اگر در فهرست نیست، نام را کامل‌تر بنویسید.
agency-not-found = دستگاهی با نام «{ $words }» پیدا نکردم. لطفاً نام رسمی یا نام کوتاه رایج آن را بنویسید.
agency-role = در <b>{ $agency }</b> چه نقشی دارید؟
agency-role-note =
    • نماینده یادآوری‌ها را می‌گیرد، انجام تکلیف‌ها را گزارش می‌کند و نتیجه بررسی را می‌شنود.
    • جانشین، وقتی نماینده در دسترس نیست یا تکلیفی به او سپرده شده، جای او را می‌گیرد؛ گزارش را همیشه می‌تواند بدهد.
    • بالاترین مقام تنها از تکلیف‌هایی باخبر می‌شود که از موعدشان گذشته و گزارش نشده‌اند.
# What somebody in this role hears and does, said to them.
role-does = { $role ->
    [representative] یادآوری‌ها به شما می‌رسد؛ انجام تکلیف‌ها را با /done گزارش می‌کنید و نتیجه بررسی را می‌شنوید.
    [deputy] وقتی نماینده در دسترس نیست یا تکلیفی به شما سپرده شده، یادآوری‌ها و نتیجه بررسی به شما می‌رسد؛ گزارش را همیشه می‌توانید با /done بدهید.
   *[head] تنها از تکلیف‌هایی باخبر می‌شوید که از موعدشان گذشته و گزارش نشده‌اند؛ همه تکلیف‌ها را هر وقت بخواهید در /obligations می‌بینید.
}
agency-basis = شماره نامه یا مستند معرفی خود را بنویسید. اگر در دست ندارید، از این گام بگذرید.
agency-basis-date = تاریخ نامه معرفی چیست؟ نمونه: ۱۵ آبان ۱۴۰۵
agency-asked = درخواست شما برای پیوستن به <b>{ $agency }</b> نزد کارشناسان سازمان رفت. نتیجه را همین‌جا به شما می‌گویم.
agency-joined = ✅ شما اکنون { $role } <b>{ $agency }</b> هستید. تکلیف‌های دستگاه را در /obligations ببینید.
agency-joined-closed = با این معرفی، تکلیف «معرفی نماینده» انجام‌شده ثبت شد: { $places }.
agency-joined-past = موعد { $count } تکلیف پیش از پیوستن شما گذشته است. لطفاً هرکدام را مشخص کنید تا بیهوده یادآوری نشود.
agency-joined-operator = ✅ شما اکنون کارشناس سازمان هستید. میز کار شما: /operator
agency-away-until = تا چه روزی نیستید؟ شمار روزها یا یک تاریخ بنویسید، مانند «۱۰ روز» یا «۲۵ آبان».
agency-away = ثبت شد. تا { $date } نیستید.
agency-away-told = به { $told } همکارتان خبر داده می‌شود.
agency-away-covered = یادآوری‌ها تا آن روز به همکارانتان می‌رسد.
agency-away-alone = در { $agencies } همکار دیگری در دسترس نیست؛ یادآوری‌های آن همچنان به شما می‌رسد.
agency-back = خوش برگشتید. یادآوری‌ها دوباره به شما می‌رسد.
agency-leave = از <b>{ $agency }</b> کنار می‌روید؟ دیگر یادآوری نمی‌گیرید و برای بازگشت باید دوباره بپیوندید.
agency-leave-alone = همکار دیگری از این دستگاه نپیوسته است؛ پس از شما یادآوری‌ها به کسی نمی‌رسد.
agency-withdraw = درخواست پیوستن به <b>{ $agency }</b> را پس می‌گیرید؟
agency-withdrawn = درخواست شما پس گرفته شد. هر وقت خواستید، با /agency دوباره درخواست بدهید.
agency-left = کنار رفتید. هر وقت لازم شد، با /agency دوباره بپیوندید.
form-cancelled = بسیار خب، کنار گذاشتم.

button-agency-join = پیوستن به یک دستگاه
button-agency-away = مدتی نیستم
button-agency-back = برگشتم
button-agency-leave = کنار رفتن از { $agency }
button-agency-withdraw = پس گرفتن درخواست { $agency }
button-agency-withdraw-yes = بله، پس می‌گیرم
button-agency-leave-yes = بله، کنار می‌روم
button-agency-stay = نه، بماند
button-skip = گذشتن از این گام
button-cancel = انصراف
button-sort-past = مشخص کردن تکلیف‌های گذشته

command-agency = دستگاه من، پیوستن و نبودن
command-obligations = تکلیف‌های دستگاه من
command-done = گزارش انجام یک تکلیف
command-calendar = تقویم تکلیف‌ها
command-timeline = تصویر یک سال تکلیف‌ها
