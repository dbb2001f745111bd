"""Slack's names of the emoji that people use most, and what they are; others stay as `:name:`."""

from typing import Final

_TONE: Final = {f"skin-tone-{number}": chr(0x1F3FB + number - 2) for number in range(2, 7)}
"""A hand's colour, which Slack writes behind its name: https://unicode.org/reports/tr51/#Emoji_Modifiers."""

_TABLE: Final = """
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 ok_hand 👌 clap 👏 wave 👋 raised_hands 🙌 pray 🙏 muscle 💪 point_up ☝️
point_right 👉 v ✌️ raised_hand ✋ hand ✋ fist ✊ facepunch 👊 handshake 🤝 crossed_fingers 🤞
heart ❤️ broken_heart 💔 blue_heart 💙 green_heart 💚 yellow_heart 💛 purple_heart 💜 black_heart 🖤
sparkling_heart 💖 two_hearts 💕 smile 😄 smiley 😃 grinning 😀 grin 😁 laughing 😆 satisfied 😆 joy 😂
rolling_on_the_floor_laughing 🤣 sweat_smile 😅 slightly_smiling_face 🙂 upside_down_face 🙃 wink 😉 blush 😊
relaxed ☺️ heart_eyes 😍 star-struck 🤩 kissing_heart 😘 yum 😋 stuck_out_tongue 😛 sunglasses 😎 thinking_face 🤔
neutral_face 😐 expressionless 😑 smirk 😏 unamused 😒 face_with_rolling_eyes 🙄 grimacing 😬 relieved 😌
pensive 😔 sleepy 😪 sleeping 😴 mask 😷 dizzy_face 😵 exploding_head 🤯 confused 😕 worried 😟
slightly_frowning_face 🙁 open_mouth 😮 hushed 😯 astonished 😲 flushed 😳 cry 😢 sob 😭 scream 😱
disappointed 😞 sweat 😓 weary 😩 tired_face 😫 triumph 😤 rage 😡 angry 😠 innocent 😇 hugging_face 🤗
shushing_face 🤫 nerd_face 🤓 partying_face 🥳 smiling_imp 😈 skull 💀 ghost 👻 robot_face 🤖 poop 💩
see_no_evil 🙈 hear_no_evil 🙉 speak_no_evil 🙊 eyes 👀 shrug 🤷 facepalm 🤦 fire 🔥 100 💯 tada 🎉 sparkles ✨
star ⭐ star2 🌟 boom 💥 zap ⚡ rocket 🚀 trophy 🏆 gift 🎁 birthday 🎂 cake 🍰 coffee ☕ tea 🍵 beer 🍺 beers 🍻
pizza 🍕 bulb 💡 bug 🐛 lock 🔒 key 🔑 bell 🔔 white_check_mark ✅ heavy_check_mark ✔️ x ❌ warning ⚠️ no_entry ⛔
question ❓ exclamation ❗ link 🔗 memo 📝 pushpin 📌 calendar 📅 email 📧 phone ☎️ computer 💻 book 📖 sunny ☀️
cloud ☁️ rainbow 🌈 snowflake ❄️ dog 🐶 cat 🐱 unicorn_face 🦄
"""
"""Names and emoji, by turns."""

_WORDS: Final = _TABLE.split()

_EMOJI: Final = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))


def emoji_of(name: str) -> str:
    """Return the emoji of that name, or `:name:`."""
    base, _, tone = name.partition("::")
    emoji = _EMOJI.get(base)
    return f":{base}:" if emoji is None else emoji + _TONE.get(tone, "")


def has_emoji(name: str) -> bool:
    """Return whether the name is one of those that are known here."""
    return name in _EMOJI
