# Regulations, their contents and their terms.

regulations-title = <b>مقررات دولت هوشمند</b>
regulation-line =
    <b>{ $title }</b>
    { $issuer }، { $articles } ماده
regulation-previous = متن پیشین است و برای سابقه نگه داشته شده است.
regulation-issuer = مرجع: { $issuer }
regulation-number = شماره: { $number }
regulation-approved = تصویب: { $date }
regulation-promulgated = ابلاغ: { $date }
regulation-unknown = ◦ { $sentence }

definitions-title = <b>واژه‌های تعریف‌شده در { $title }</b> ({ $count } واژه)
definitions-note = هر واژه در هر متن معنای خودش را دارد. برای دیدن تعریف، آن را انتخاب کنید.
definitions-where = تعریف‌های کدام متن را می‌خواهید؟

button-regulations = همه مقررات
button-definitions = تعریف‌ها
button-all-definitions = تعریف‌های همه متن‌ها
button-terms-of = { $title } ({ $count })
