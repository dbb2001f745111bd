"""What a person is told of a backup."""

from hubbub.server.backups.contents import Manifest
from hubbub.server.backups.reading import Backup
from hubbub.stores.version import HEAD


def describe(manifest: Manifest) -> str:
    """Return what is in it, in a few words."""
    rooms, records = (manifest.tables[name].rows if name in manifest.tables else 0 for name in ("rooms", "records"))
    passwords = manifest.tables["credentials"].rows - manifest.stand_ins if "credentials" in manifest.tables else 0
    parts = [_count(rooms, "room"), _count(records, "record"), _count(passwords, "password"), _files(manifest)]
    return ", ".join(parts)


def describe_backup(backup: Backup) -> list[str]:
    """Return a sentence for each thing that whoever restores it should know."""
    files, sentences = backup.manifest.files, [f"It was so before: {fault}" for fault in backup.manifest.faults]
    if files.missing:
        sentences.append(
            f"{_count(len(files.missing), 'file')} had been deleted or lost before: what showed them shows nothing."
        )
    if files.damaged:
        sentences.append(f"{_count(len(files.damaged), 'file')} had been damaged before; they come back as they were.")
    if backup.about.tables != HEAD:
        sentences.append(
            f"The backup comes from an older hubbub ({backup.about.hubbub}): the next start brings it up to date."
        )
    return sentences


def was_in_order(manifest: Manifest) -> bool:
    """Return whether all was well with what the backup was taken of."""
    return not manifest.faults and not manifest.files.damaged


def _files(manifest: Manifest) -> str:
    return (
        f"{_count(manifest.files.count, 'file')} ({manifest.files.size_bytes:,} bytes)"
        if manifest.files.count
        else "no files"
    )


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
