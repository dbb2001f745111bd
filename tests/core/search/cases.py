# ruff: noqa: RUF001 - letters of other scripts than ours are what this is about
"""What has to be found, and what must not be, in every script: one list for the law and for every store."""

from typing import Final

FOUND: Final = [
    # Latin, with accents
    ("Crème brûlée", "creme", "*Crème* brûlée"),
    ("creme brulee", "CRÈME", "*creme* brulee"),
    ("Cre\u0300me bru\u0302le\u0301e", "brûlée", "Cre\u0300me *bru\u0302le\u0301e*"),
    ("Die Straße nach Hause", "strasse", "Die *Straße* nach Hause"),
    ("understanding", "stand", "under*stand*ing"),
    ("stand by and understand", "stand", "*stand* by and under*stand*"),
    ("it is ok", "ok", "it is *ok*"),
    ("hot tea, please", '"hot tea"', "*hot tea*, please"),
    ("hot tea, please", "please hot", "*hot* tea, *please*"),
    ("hot tea", "tea -milk", "hot *tea*"),
    ("don't", "don't", "*don't*"),
    # Cyrillic
    ("Съешь ещё этих мягких булок", "еще", "Съешь *ещё* этих мягких булок"),
    ("Съешь ещё этих мягких булок", "БУЛ", "Съешь ещё этих мягких *бул*ок"),
    # Greek
    ("Ο καφές στην Αθήνα", "αθηνα", "Ο καφές στην *Αθήνα*"),
    ("Ο ΣΟΦΟΣ", "σοφός", "Ο *ΣΟΦΟΣ*"),
    # Arabic
    ("السَّلامُ عليكم", "السلام", "*السَّلامُ* عليكم"),
    ("أهـــلا", "اهلا", "*أهـــلا*"),
    ("والقهوة", "قهوة", "وال*قهوة*"),
    # Hebrew
    ("שָׁלוֹם עולם", "שלום", "*שָׁלוֹם* עולם"),
    ("איפה הקפה", "קפה", "איפה ה*קפה*"),
    # Chinese
    ("今天的會議改到下午三點", "會議", "今天的*會議*改到下午三點"),
    ("今天的會議改到下午三點", "下午三點", "今天的會議改到*下午三點*"),
    ("今天的會議", "議", "今天的會*議*"),
    ("使用iPhone拍照", "用iphone", "使*用iPhone*拍照"),
    ("使用iPhone拍照", "iphone拍", "使用*iPhone拍*照"),
    # Japanese
    ("明日の会議はオンラインです", "会議", "明日の*会議*はオンラインです"),
    ("明日の会議はオンラインです", "オンライン", "明日の会議は*オンライン*です"),
    ("ｶﾞｲﾄﾞを見て", "ガイド", "*ｶﾞｲﾄﾞ*を見て"),
    # Thai
    ("สวัสดีครับ วันนี้ประชุมตอนบ่าย", "ประชุม", "สวัสดีครับ วันนี้*ประชุม*ตอนบ่าย"),
    # Korean
    ("오늘 회의는 오후 세 시", "회의", "오늘 *회의*는 오후 세 시"),
    # Code
    ("if (fooBar.baz_qux != None)", "bar", "if (foo*Bar*.baz_qux != None)"),
    ("if (fooBar.baz_qux != None)", "baz_qux", "if (fooBar.*baz_qux* != None)"),
    ("if (fooBar.baz_qux != None)", "foobar.baz", "if (*fooBar.baz*_qux != None)"),
    ("return parseURL(x2);", "url x2", "return parse*URL*(*x2*);"),
]
"""A text, a query, and the text with what was found between stars."""

NOT_FOUND: Final = [
    ("token", "ok"),
    ("tea hot", '"hot tea"'),
    ("hot green tea", '"hot tea"'),
    ("teapot", '"tea"'),
    ("hot tea with milk", "tea -milk"),
    ("hot tea with milkshake", "tea -milk"),
    ("hot", "hot tea"),
    ("たか", "たが"),
    ("日本 語", "日本語"),
    ("本日", "日本"),
    ("foo_bar", "bar_foo"),
    ("foo bark", "foo_bar"),
    ("булка", "булок"),
    ("สวัส ดี", "สวัสดี"),
]
"""A text, and a query that must not find it."""
