# Acting for an agency: joining, roles, leave.

agency-none =
    <b>دستگاه من</b>
    شما هنوز از سوی دستگاهی کار نمی‌کنید. نام دستگاه خود را بنویسید تا پیدایش کنم؛ نام کوتاه هم کافی است، مانند «ثبت احوال».
agency-places = <b>دستگاه‌های من</b>
agency-place = • <b>{ $agency }</b>: { $role }
agency-place-pending = • <b>{ $agency }</b>: { $role }، در انتظار تأیید
agency-place-operators = • کارشناس سازمان؛ میز کار شما: /operator
agency-place-away = شما تا { $date } در دسترس نیستید و یادآوری‌ها به همکارانتان می‌رسد.
agency-name-wanted = نام دستگاه را بنویسید.
agency-found = کدام دستگاه؟ اگر در فهرست نیست، نام را کامل‌تر بنویسید.
agency-not-found = دستگاهی با نام «{ $words }» پیدا نکردم. لطفاً نام رسمی یا نام کوتاه رایج آن را بنویسید.
agency-role = در <b>{ $agency }</b> چه نقشی دارید؟
agency-role-note =
    نماینده و جانشین یادآوری‌ها را می‌گیرند و انجام تکلیف‌ها را گزارش می‌کنند؛ بالاترین مقام فقط از آنچه از موعد گذشته باخبر می‌شود.
agency-basis = شماره نامه یا مستند معرفی خود را بنویسید. اگر در دست ندارید، از این گام بگذرید.
agency-basis-date = تاریخ نامه معرفی چیست؟ نمونه: ۱۵ آبان ۱۴۰۵
agency-asked = درخواست شما برای پیوستن به <b>{ $agency }</b> نزد کارشناسان سازمان رفت. نتیجه را همین‌جا به شما می‌گویم.
agency-joined = ✅ شما اکنون { $role } <b>{ $agency }</b> هستید. تکلیف‌های دستگاه را در /obligations ببینید.
agency-joined-closed = با معرفی شما { $count } تکلیف (معرفی نماینده) انجام‌شده ثبت شد.
agency-joined-past = موعد { $count } تکلیف پیش از پیوستن شما گذشته است. لطفاً هرکدام را مشخص کنید تا بیهوده یادآوری نشود.
agency-joined-operator = ✅ شما اکنون کارشناس سازمان هستید. میز کار شما: /operator
agency-away-until = تا چه روزی نیستید؟ شمار روزها یا یک تاریخ بنویسید، مانند «۱۰ روز» یا «۲۵ آبان».
agency-away = ثبت شد. تا { $date } یادآوری‌ها به همکارانتان می‌رسد ({ $told } نفر باخبر شدند).
agency-away-alone = ثبت شد. تا { $date } نیستید، اما همکار دیگری ندارید؛ یادآوری‌ها همچنان به شما می‌رسد.
agency-back = خوش برگشتید. یادآوری‌ها دوباره به شما می‌رسد.
agency-leave = از <b>{ $agency }</b> کنار می‌روید؟ دیگر یادآوری نمی‌گیرید و برای بازگشت باید دوباره بپیوندید.
agency-left = کنار رفتید. هر وقت لازم شد، با /agency دوباره بپیوندید.
form-cancelled = بسیار خب، کنار گذاشتم.

button-agency-join = پیوستن به یک دستگاه
button-agency-away = مدتی نیستم
button-agency-back = برگشتم
button-agency-leave = کنار رفتن از { $agency }
button-agency-leave-yes = بله، کنار می‌روم
button-agency-stay = نه، می‌مانم
button-skip = گذشتن از این گام
button-cancel = انصراف
button-sort-past = مشخص کردن تکلیف‌های گذشته

command-agency = دستگاه من، پیوستن و نبودن
command-obligations = تکلیف‌های دستگاه من
command-done = گزارش انجام یک تکلیف
command-calendar = تقویم تکلیف‌ها
command-timeline = تصویر یک سال تکلیف‌ها
