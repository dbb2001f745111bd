"""The passwords that are guessed first."""

from typing import Final

COMMON_PASSWORDS: Final = frozenset(
    # A list of so many words is read more easily without quotes.
    """
    01011980 01012011 0987654321 11223344 12121212 123123123 1232323q 12341234 12344321 1234554321 12345678
    123456789 1234567890 123456789a 12345qwert 1234qwer 123qweasd 12qwaszx 147258369 147852369 1q2w3e4r 1q2w3e4r5t
    1qaz2wsx 1qazxsw2 4815162342 69696969 741852963 789456123 87654321 98765432 987654321 a1b2c3d4 abc12345 abcd1234
    abcdefgh access14 admin123 administrator airborne alexander american anderson asdf1234 asdfasdf asdfghjk
    asdfghjkl babygirl baseball basketball benjamin bigdaddy blink182 brooklyn bulldogs butterfly carolina caroline
    champion changeit changeme cherokee chocolate cocacola colorado computer corvette creative danielle darkness
    darkside december dolphins dragon123 drowssap einstein elephant elizabeth explorer football football1 franklin
    garfield godzilla guinness hardcore hello123 iloveyou iloveyou1 infinity internet jennifer jonathan jordan23
    juventus kawasaki kimberly lasvegas letmein1 lifehack liverpool logitech lovelove marlboro marshall maverick
    mercedes metallica michael1 michelle michigan midnight minecraft mitchell monkey123 motorola mountain mustang1
    ncc1701d nicholas nintendo november p@ssw0rd pakistan panthers paradise passport passw0rd password password1
    password12 password123 patricia patriots pearljam platinum pokemon1 predator princess princess1 q1w2e3r4
    q1w2e3r4t5 qazwsxedc qqww1122 qweasdzxc qwer1234 qwerty12 qwerty123 qwerty1234 qwertyui qwertyuiop redskins
    redwings samantha scarface scorpion scotland security semperfi simpsons slipknot snickers snowball softball
    spiderman spitfire stargate startrek starwars steelers sunshine superman superman1 svetlana trustno1 valentin
    veronica victoria virginia vladimir warcraft welcome1 welcome123 westside whatever wildcats williams wolfpack
    zaq12wsx zaq1zaq1
    """.split()  # noqa: SIM905
)
"""The most used of what was stolen elsewhere, as far as it is long enough to be taken here, in small letters."""
