"""HELP, what each command does: https://modern.ircdocs.horse/#help-message."""

from collections.abc import Iterator, Mapping
from typing import Final

from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.filling import fill
from hubbub.gateways.irc.talk import Step, Talk, as_parameter
from hubbub.wire.irc.message import IrcMessage
from hubbub.wire.irc.numerics import Numeric

LINE_LENGTH: Final = 70
"""How long a line of the list of subjects is, in bytes."""

SUBJECTS: Final[Mapping[str, tuple[str, str]]] = {
    "ACCEPT": ("ACCEPT [NAME,-NAME…|*]", "Lets people write to you whom your mode R or g keeps off, or lists them."),
    "ADMIN": ("ADMIN", "Tells who looks after this server."),
    "AUTHENTICATE": ("AUTHENTICATE MECHANISM|DATA|*", "Proves by SASL whose account you have. For programs."),
    "AWAY": ("AWAY [:REASON]", "Says that you are away, and why; without a reason, that you are back."),
    "BATCH": ("BATCH +ID draft/multiline TARGET … BATCH -ID", "Says the lines between as one text. For programs."),
    "CAP": ("CAP LS [302]|LIST|REQ :CAPABILITIES|END", "Tells what your program can switch on, and does so."),
    "CHANSERV": ("CHANSERV HELP", "Asks ChanServ about channels; /msg ChanServ does the same."),
    "CHATHISTORY": ("CHATHISTORY LATEST #ROOM * 50", "Brings what was said last; or BEFORE, AFTER, AROUND, BETWEEN."),
    "HELP": ("HELP [COMMAND]", "Tells what a command does."),
    "INFO": ("INFO", "Tells about the software of this server."),
    "INVITE": ("INVITE NAME #ROOM", "Lets somebody come into a room."),
    "ISON": ("ISON NAME…", "Tells who of these people are here."),
    "ISUPPORT": ("ISUPPORT", "Tells what this server can do, as 005 does."),
    "JOIN": ("JOIN #ROOM[,#ROOM…] [KEY…]", "Comes into rooms; who makes one owns it, a guest while he is in it."),
    "KICK": ("KICK #ROOM NAME [:REASON]", "Puts somebody out of a room."),
    "KILL": ("KILL NAME [:REASON]", "Sends somebody off this server. For administrators."),
    "KLINE": ("KLINE [MINUTES] MASK [:REASON]", "Keeps people off this server. For administrators."),
    "KNOCK": ("KNOCK #ROOM [:TEXT]", "Asks those in a room to let you in."),
    "LINKS": ("LINKS", "Lists the servers of this network: there is one."),
    "LIST": ("LIST [#MASK,!#MASK,>SIZE,<SIZE,C<MINUTES…]", "Lists rooms."),
    "LUSERS": ("LUSERS", "Tells how many people are here."),
    "MARKREAD": ("MARKREAD #ROOM|NAME [timestamp=TIME]", "Tells or says how far you have read."),
    "METADATA": ("METADATA NAME|#ROOM GET|LIST|SET …", "Tells or sets what programs note about somebody."),
    "MODE": ("MODE #ROOM [MODES…] or MODE NAME [MODES]", "Shows or changes what holds in a room, or for you."),
    "MONITOR": ("MONITOR +|- NAME,… or C, L, S", "Tells you when people come and go, wherever they are."),
    "MOTD": ("MOTD", "Tells the message of the day."),
    "NAMES": ("NAMES #ROOM", "Lists who is in a room."),
    "NICK": ("NICK NAME", "Calls you something else."),
    "NICKSERV": ("NICKSERV HELP", "Asks NickServ about accounts; /msg NickServ does the same."),
    "NOTICE": ("NOTICE TARGET :TEXT", "Says something that no program answers."),
    "OPER": ("OPER NAME PASSWORD", "Logs you in as an administrator of this server."),
    "PART": ("PART #ROOM [:REASON]", "Goes out of a room."),
    "PING": ("PING :TEXT", "Is answered by PONG with the same text: the connection is alive."),
    "PRIVMSG": ("PRIVMSG TARGET[,TARGET…] :TEXT", "Says something, in a room or to somebody alone."),
    "QUIT": ("QUIT [:REASON]", "Leaves this server."),
    "REDACT": ("REDACT #ROOM|NAME ID [:REASON]", "Deletes a message by its id, or takes your reaction back."),
    "REGISTER": ("REGISTER * * :PASSWORD", "Opens an account that keeps the nick you have."),
    "REHASH": ("REHASH", "Has the server read its settings again. For administrators."),
    "RENAME": ("RENAME #OLD #NEW", "Calls a room something else."),
    "SEARCH": ("SEARCH text=WORDS;in=#ROOM;from=NAME;…", "Finds what was said."),
    "SETNAME": ("SETNAME :TEXT", "Says who you are; WHOIS shows it."),
    "SILENCE": ("SILENCE [+NAME|-NAME]", "Hears somebody no longer, or again; without a name, lists whom."),
    "STATS": ("STATS u|o|k", "Tells how long this server has been running, who administers it, or whom it keeps out."),
    "TAGMSG": ("TAGMSG TARGET[,TARGET…]", "Says by tags how you react, or that you are writing. For programs."),
    "TIME": ("TIME", "Tells what time it is here."),
    "TOPIC": ("TOPIC #ROOM [:TEXT]", "Tells or sets what a room is about."),
    "UNKLINE": ("UNKLINE MASK", "Keeps them off this server no longer. For administrators."),
    "USERHOST": ("USERHOST NAME…", "Tells at which hosts people are seen."),
    "USERIP": ("USERIP NAME…", "Tells at which addresses people are, to those who may know."),
    "VERSION": ("VERSION", "Tells what this server is and can do."),
    "WALLOPS": ("WALLOPS :TEXT", "Tells all administrators something. For administrators."),
    "WHO": ("WHO [#ROOM|NAME|MASK] [o] [%FIELDS]", "Lists people."),
    "WHOIS": ("WHOIS NAME", "Tells about somebody."),
    "WHOWAS": ("WHOWAS NAME [COUNT]", "Tells about somebody who has left."),
    "ZNC": ("ZNC *playback PLAY #ROOM|NAME [FROM [TO]]", "Brings what was said, as a bouncer does. For programs."),
}
"""How each command is written, and what it does."""


def tell(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Tell what a command does, or about which there is something to tell."""
    asked = " ".join(message.params).strip()
    subject = as_parameter(asked)
    if not asked:
        yield from _lines(talk, "*", ["HELP COMMAND tells about one of these:", *fill(SUBJECTS, LINE_LENGTH)])
    elif (found := SUBJECTS.get(asked.upper())) is not None:
        yield from _lines(talk, subject, found)
    else:
        yield talk.numeric(Numeric.ERR_HELPNOTFOUND, subject, text="There is no help on that. HELP lists on what")


def _lines(talk: Talk, subject: str, lines: list[str] | tuple[str, str]) -> Iterator[Step]:
    first, *others = lines
    yield talk.numeric(Numeric.RPL_HELPSTART, subject, text=first)
    for line in others:
        yield talk.numeric(Numeric.RPL_HELPTXT, subject, text=line)
    yield talk.numeric(Numeric.RPL_ENDOFHELP, subject, text="That is all")


COMMANDS: Final[Mapping[str, Entry]] = {"HELP": Entry(tell), "HELPOP": Entry(tell)}
