"""A message that stands alone is written as its record, and nothing is asked about it; most are."""

from hubbub.core.features.messages import Said

IN_THE_RECORD = {"author", "name", "text", "manner", "reply_to"}
"""What is written with the record, and nowhere else."""

ASKED_FOR = {"thread", "mentions", "calls_all", "files", "nonce"}
"""What `operations._stands_alone` looks for, because it is written elsewhere as well."""


def test_every_part_of_a_message_is_one_or_the_other() -> None:
    """Whoever gives messages another part decides here whether it is; forgotten, it would be written for nobody."""
    assert set(Said.__struct_fields__) == IN_THE_RECORD | ASKED_FOR
