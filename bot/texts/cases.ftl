# Messages about cases: comments and questions that wait for an answer, and what became of them.

notice-case-new = نظری رسیده است که نویسنده‌اش منتظر پاسخ است. کد رهگیری: { $code }
notice-case-overdue = مهلت پاسخ به پرونده { $code } گذشته است. لطفاً پاسخ دهید یا آن را واگذار کنید.
notice-case-outcome = نتیجه نظر شما درباره «{ $service }»
notice-question-outcome = پاسخ کارشناس به پرسش شما
notice-case-answer = { $answer }
