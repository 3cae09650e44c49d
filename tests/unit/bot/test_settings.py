"""A wrong setting ends in one Persian sentence that names the key, what is allowed and where it was read."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import SettingsError, load_settings


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('[web]\nport = "x"', "«web.port» (در config.toml) باید عدد صحیح باشد."),
        ("[web]\nport = 99999", "«web.port» (در config.toml) باید 65535 یا کمتر باشد."),
        (
            "[conversation]\nquestion_length_max = 1",
            "«conversation.question_length_max» (در config.toml) باید 20 یا بیشتر باشد.",
        ),
        ("[conversation]\nshutdown_s = 0", "«conversation.shutdown_s» (در config.toml) باید بیشتر از 0 باشد."),
        ('[conversation]\nshutdown_s = "x"', "«conversation.shutdown_s» (در config.toml) باید عدد باشد."),
        ('[web]\nenabled = "perhaps"', "«web.enabled» (در config.toml) باید true یا false باشد."),
        ("[web]\nhost = 3", '«web.host» (در config.toml) باید نوشته‌ای میان دو نشانه " باشد.'),
        ('[log]\nlevel = "x"', "«log.level» (در config.toml) باید یکی از این‌ها باشد: DEBUG, INFO, WARNING, ERROR"),
        (
            '[web]\npublic_url = "x"',
            "«web.public_url» (در config.toml) باید با یکی از این‌ها آغاز شود: https://, http://",
        ),
        ('timezone = "x"', "«timezone» (در config.toml) باید نام یک منطقه زمانی IANA باشد، مانند Asia/Tehran"),
        ("[web]\nfoo = 1", "«web.foo» (در config.toml) چنین تنظیمی نیست؛ تنظیم‌های موجود در config.toml آمده‌اند."),
        ("web = 3", "«web» (در config.toml) جدول است"),
        ("[web", "فایل config.toml خوانده نشد، چون TOML درستی نیست"),
    ],
)
def test_a_wrong_setting_is_told_in_persian(tmp_path: Path, written: str, said: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(written, "utf-8")
    with pytest.raises(SettingsError) as refused:
        load_settings(file, {})
    assert str(refused.value).startswith(said)
    assert "\n" not in str(refused.value)


def test_the_environment_is_named_where_it_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAHYAR_WEB__PORT", "many")
    with pytest.raises(SettingsError, match=r"«web\.port» \(در متغیر محیطی RAHYAR_WEB__PORT\) باید عدد صحیح باشد\."):
        load_settings(tmp_path / "config.toml", {"RAHYAR_WEB__PORT": "many"})


def test_a_variable_that_is_no_setting_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"«web\.prot» \(در متغیر محیطی RAHYAR_WEB__PROT\) چنین تنظیمی نیست"):
        load_settings(tmp_path / "config.toml", {"RAHYAR_WEB__PROT": "1"})
