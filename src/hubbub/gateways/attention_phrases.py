"""What is said about what wants somebody's attention: what he has not read, and whom and what he looks out for."""

from hubbub.core.queries import AlertList
from hubbub.core.signals import Uncalled


def uncalled(signal: Uncalled) -> str:
    """Tell a speaker that he has called nobody."""
    return f"Only moderators of {signal.room} call everybody with @room. Your message was sent; nobody was called."


def alerts(answer: AlertList) -> str:
    """List at which words somebody is called."""
    if not answer.words:
        return "You have no alerts. /alert WORD calls you when somebody says it."
    return f"You are called at: {', '.join(answer.words)}"
