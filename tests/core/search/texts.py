# ruff: noqa: RUF001 - letters of other scripts than ours are what this is about
"""Texts in many scripts, for everything that finds or is found."""

from typing import Final

from hypothesis import strategies as st

SCRIPTS: Final = {
    "latin": "Crème brûlée für Zoë, bitte: naïve Señor Łukasz",
    "cyrillic": "Съешь ещё этих мягких французских булок, да выпей чаю",
    "greek": "Ο καφές στην Αθήνα είναι καλύτερος, είπε ο σοφός",
    "arabic": "السَّلامُ عليكم، أين الشاي والقهوة؟",
    "hebrew": "שָׁלוֹם, איפה התה והקפה?",
    "chinese": "今天的會議改到下午三點,請準時參加。",
    "japanese": "明日の会議はオンラインです。リンクを送ります",
    "thai": "สวัสดีครับ วันนี้ประชุมตอนบ่าย",
    "korean": "오늘 회의는 오후 세 시에 시작합니다",
    "code": "if (fooBar.baz_qux != None) { return parseURL(x2); }",
}
"""A sentence each, by the script's name."""

ALPHABET: Final = "abcdeAB019_.-'é́ößñЖжёйΣσςάاأَبـ‌אבָ־日本語のがカﾞｶー々กสวัดี한국ᄒहिन् \t\n,!?…🙂‍️"
"""What makes texts that come apart in interesting ways."""


def any_text(max_size: int = 40) -> st.SearchStrategy[str]:
    """Draw texts: mostly of few characters that meet again and again, some of any."""
    return st.text(st.sampled_from(ALPHABET), max_size=max_size) | st.text(
        st.characters(exclude_categories=["Cs"]), max_size=max_size
    )
