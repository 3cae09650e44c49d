### What people hear from the channels themselves, whatever the conversation is about.

channel-error = ببخشید، مشکلی پیش آمد و نتوانستم پاسخ بدهم. لطفاً چند لحظه دیگر دوباره بنویسید.
channel-error-alert = ببخشید، مشکلی پیش آمد. لطفاً چند لحظه دیگر دوباره امتحان کنید.
channel-button-old = این دکمه قدیمی است و دیگر کار نمی‌کند. لطفاً پرسش خود را دوباره بنویسید.
channel-too-fast = پیام‌های شما پشت سر هم می‌رسد. لطفاً کمی صبر کنید؛ تا یک دقیقه دیگر دوباره در خدمت شما هستم.

## Terminal chat

terminal-hello = پرسش خود را بنویسید و اینتر بزنید. برای زدن یک دکمه شماره‌اش را بنویسید. پایان: ‎/quit
terminal-link = نشانی: { $url }
terminal-file = پرونده: { $name }
terminal-no-answer = پاسخی نرسید. لطفاً دوباره بنویسید.
terminal-bye = خدانگهدار.
