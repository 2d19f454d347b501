"""Writes messages as Outlook saves them (MS-OXMSG in a compound file, MS-CFB), as small as they can be."""

import struct
from collections.abc import Mapping
from datetime import datetime

TEXT, BINARY, NUMBER, MOMENT = 0x1F, 0x102, 0x03, 0x40
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
HEADERS = {"message": 32, "embedded": 24, "attachment": 8, "recipient": 8}
Tree = dict[str, "bytes | Tree"]


def storage(kind: str, properties: Mapping[int, object], **inside: "Tree") -> Tree:
    """One message, recipient or attachment: its properties by their id, and what stands in it."""
    entries, streams = b"", dict[str, bytes | Tree]()
    for pid, value in properties.items():
        match value:
            case str():
                ptype, data = TEXT, value.encode("utf-16-le")
            case bytes():
                ptype, data = BINARY, value
            case datetime():
                ticks = int((value.timestamp() + 11_644_473_600) * 10_000_000)
                entries += struct.pack("<HHIQ", MOMENT, pid, 6, ticks)
                continue
            case _:
                entries += struct.pack("<HHIII", NUMBER, pid, 6, value, 0)
                continue
        entries += struct.pack("<HHIII", ptype, pid, 6, len(data) + 2 * (ptype == TEXT), 0)
        streams[f"__substg1.0_{pid:04X}{ptype:04X}"] = data
    streams["__properties_version1.0"] = bytes(HEADERS[kind]) + entries
    return streams | {name.replace("recip_", "__recip_version1.0_#").replace("attach_", "__attach_version1.0_#"): tree
                      for name, tree in inside.items()}  # fmt: skip


def compound(tree: Tree) -> bytes:
    """The tree as a compound file with sectors of 512 bytes; streams under 4,096 bytes stand in the mini stream."""
    entries: list[list] = [["Root Entry", 5, FREE, END, 0]]
    mini, mini_fat, sectors, fat = b"", list[int](), list[bytes](), list[int]()

    def chain(data: bytes) -> int:
        first = len(fat)
        count = -(-len(data) // 512)
        sectors.extend(data[at * 512 : (at + 1) * 512].ljust(512, b"\0") for at in range(count))
        fat.extend([*range(first + 1, first + count), END])
        return first if count else END

    def add(inside: Tree) -> int:
        nonlocal mini
        numbers = []
        for name, content in inside.items():
            number = len(entries)
            numbers.append(number)
            if isinstance(content, dict):
                entries.append([name, 1, FREE, END, 0])
                entries[number][2] = add(content)
            elif len(content) >= 4096:
                entries.append([name, 2, FREE, chain(content), len(content)])
            else:
                first, count = len(mini_fat), -(-len(content) // 64)
                mini += content.ljust(count * 64, b"\0")
                mini_fat.extend([*range(first + 1, first + count), END][: count or 0])
                entries.append([name, 2, FREE, first if count else END, len(content)])
        for number, following in zip(numbers, [*numbers[1:], FREE], strict=True):
            entries[number].append(following)
        return numbers[0] if numbers else FREE

    entries[0][2] = add(tree)
    entries[0].append(FREE)
    entries[0][3], entries[0][4] = chain(mini), len(mini)
    mini_at = chain(
        struct.pack(f"<{len(mini_fat)}I", *mini_fat).ljust(-(-len(mini_fat) // 128) * 512, b"\xff")
    )
    directory = b""
    for name, kind, child, start, size, following in entries:
        written = name.encode("utf-16-le")
        directory += written.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(written) + 2, kind, 1, FREE, following, child
        )
        directory += bytes(36) + struct.pack("<IQ", start, size)
    directory_at = chain(directory)
    fat_count = -(-(len(fat) + 1) // 127)
    fat_at = len(fat)
    fat.extend([FAT] * fat_count)
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(fat_count * 512, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack(
        "<IIIIIIIII", 0, fat_count, directory_at, 0, 4096, mini_at if mini_fat else END, 1, END, 0
    )
    header += struct.pack(f"<{fat_count}I", *range(fat_at, fat_at + fat_count)).ljust(436, b"\xff")
    return header + b"".join(sectors) + table
