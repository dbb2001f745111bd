"""Files from an IRC client: sent by HTTP, to the same port, and shown where their link is said."""

import http.client
from base64 import b64encode

from tests.outside.conftest import UNHURRIED, Connect, StartServer

PASSWORD = "four words in a row"


def test_a_file_is_shown_where_its_link_is_said(start_server: StartServer, connect: Connect) -> None:
    """What comes by the link is the file, for everybody."""
    server = start_server("127.0.0.1:0", settings=UNHURRIED)
    host, port = address = server.address("auto")
    ann = connect(address, b"NICK ann\r\nUSER ann 0 * :Ann\r\n")
    welcome = ann.hear(b" 376 ann :")
    filehost = welcome.partition(b"soju.im/FILEHOST=")[2].split(b" ")[0].decode()
    assert filehost.endswith("/filehost")
    ann.send(f"PRIVMSG NickServ :REGISTER {PASSWORD}\r\nJOIN #files\r\nPING :in\r\n".encode())
    ann.hear(b" :in\r\n")
    web = http.client.HTTPConnection(host, port, timeout=20)
    credentials = b64encode(f"ann:{PASSWORD}".encode()).decode()
    fields = {"Authorization": f"Basic {credentials}", "Content-Disposition": 'attachment; filename="tea.txt"'}
    web.request("POST", "/filehost", b"green\n", fields)
    answer = web.getresponse()
    answer.read()
    link = filehost.removesuffix("/filehost") + answer.headers["location"]
    bob = connect(address, b"NICK bob\r\nUSER bob 0 * :Bob\r\nJOIN #files\r\n")
    bob.hear(b" 366 bob ")
    ann.send(f"PRIVMSG #files :look {link}\r\n".encode())
    heard = bob.hear(answer.headers["location"].encode())
    assert b" PRIVMSG #files :look\r\n" in heard
    assert b" PRIVMSG #files :tea.txt (6 bytes) " in heard
    # Those who have a role there read the link as it is: the file is for everybody.
    ann.send(f"MODE #files +v bob\r\nPRIVMSG +#files :again {link}\r\n".encode())
    bob.hear(f" PRIVMSG +#files :again {link}\r\n".encode())
    web.request("GET", answer.headers["location"])
    assert web.getresponse().read() == b"green\n"
    web.close()
