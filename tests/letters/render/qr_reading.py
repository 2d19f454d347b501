"""Reading a QR code (ISO/IEC 18004) back from the drawing of it, as the camera of a phone would: byte mode, levels
M, Q and H, the small versions, without mending damage."""

import re

# Codewords of data and blocks, by version, at the levels M, Q and H (as the format says them).
_M, _H, _Q = 0b00, 0b10, 0b11
_DATA = {
    _M: {1: (16, 1), 2: (28, 1), 3: (44, 1), 4: (64, 2), 5: (86, 2), 6: (108, 4)},
    _Q: {1: (13, 1), 2: (22, 1), 3: (34, 2), 4: (48, 2), 6: (76, 4)},
    _H: {1: (9, 1), 2: (16, 1), 3: (26, 2), 4: (36, 4), 6: (60, 4)},
}
_MASKS = (
    lambda y, x: (y + x) % 2,
    lambda y, x: y % 2,
    lambda y, x: x % 3,
    lambda y, x: (y + x) % 3,
    lambda y, x: (y // 2 + x // 3) % 2,
    lambda y, x: y * x % 2 + y * x % 3,
    lambda y, x: (y * x % 2 + y * x % 3) % 2,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2,
)


def read(svg):
    """The text in a code drawn as one path of horizontal lines, a unit a module."""
    dark = _modules(svg)
    size = len(dark)
    version = (size - 17) // 4
    form = [dark[8][x] for x in (0, 1, 2, 3, 4, 5, 7, 8)] + [dark[y][8] for y in (7, 5, 4, 3, 2, 1, 0)]
    said = _number(form) ^ 0b101010000010010
    level, mask = said >> 13, _MASKS[said >> 10 & 7]
    bits = [dark[y][x] ^ (mask(y, x) == 0) for y, x in _way(size) if not _is_pattern(y, x, size, version)]
    total, blocks = _DATA[level][version]
    words = [_number(bits[at * 8 : at * 8 + 8]) for at in range(total)]
    data = bytes(word for block in range(blocks) for word in words[block::blocks])
    stream = [int(bit) for byte in data for bit in f"{byte:08b}"]
    assert _number(stream[:4]) == 0b0100, "bytes"
    length = _number(stream[4:12])
    return bytes(_number(stream[12 + at * 8 : 20 + at * 8]) for at in range(length)).decode()


def _modules(svg):
    size = int(re.search(r'width="(\d+)"', svg)[1])
    dark = [[False] * size for _row in range(size)]
    x, y = 0.0, 0.0
    for verb, numbers in re.findall(r"([Mmh])([-\d. ]+)", re.search(r' d="([^"]+)"', svg)[1]):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if verb == "h":
            for at in range(round(x), round(x + values[0])):
                dark[int(y)][at] = True
            x += values[0]
        elif verb == "M":
            x, y = values
        else:
            x, y = x + values[0], y + values[1]
    return dark


def _way(size):
    """From the lower right corner up and down, two columns at a time."""
    upwards = True
    for right in [*range(size - 1, 6, -2), 5, 3, 1]:
        for y in range(size - 1, -1, -1) if upwards else range(size):
            yield from ((y, right), (y, right - 1))
        upwards = not upwards


def _is_pattern(y, x, size, version):
    corner = (y < 9 and (x < 9 or x >= size - 8)) or (y >= size - 8 and x < 9)
    small = version > 1 and abs(y - (size - 7)) <= 2 and abs(x - (size - 7)) <= 2
    return corner or small or 6 in (y, x)


def _number(bits):
    return int("".join(str(int(bit)) for bit in bits), 2)
