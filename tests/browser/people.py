"""People in front of a browser: what they do and see, by the roles and names that a screen reader tells."""

from playwright.sync_api import ConsoleMessage, Error, Locator, Page, expect


class Person:
    """Somebody and his page."""

    def __init__(self, name: str, page: Page) -> None:
        self.name = name
        self.page = page
        self.complaints: list[str] = []
        """What the page has thrown, or written to the console as an error or a warning."""
        self.forgiven: list[str] = []
        """Parts of what the console may say: the browser complains of every answer over HTTP that is a refusal."""
        page.on("pageerror", self._note_error)
        page.on("console", self._note_message)

    def come_in(self) -> None:
        """Give a name, and nothing else."""
        self.page.get_by_label("Your name").fill(self.name)
        self.page.get_by_role("button", name="Join the chat").click()
        expect(self.composer).to_be_visible()
        # One can write before there is something to read: what is said in between is new to whoever comes in.
        expect(self.timeline).to_be_visible()

    @property
    def composer(self) -> Locator:
        """Where he writes."""
        return self.page.get_by_role("textbox", name="Write to")

    @property
    def timeline(self) -> Locator:
        """What was said in the room that he looks at."""
        return self.page.get_by_role("log")

    def says(self, text: str) -> None:
        """Write something, and press Enter."""
        self.composer.fill(text)
        self.composer.press("Enter")

    def sees(self, text: str) -> None:
        """Wait until a message says this."""
        expect(self.timeline.get_by_role("article").filter(has_text=text).last).to_be_visible()

    def _note_error(self, error: Error) -> None:
        self.complaints.append(f"{self.name}: {error}")

    def _note_message(self, message: ConsoleMessage) -> None:
        is_forgiven = any(part in message.text for part in self.forgiven)
        if message.type in {"error", "warning"} and not is_forgiven:
            self.complaints.append(f"{self.name}: {message.text}")
