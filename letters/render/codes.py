"""QR codes (ISO/IEC 18004): an address to scan with a phone, as a drawing. The one door to segno."""

from __future__ import annotations

from io import BytesIO

import segno


def qr(address: str) -> str:
    """The code as SVG, one unit a module, without the white border that the page itself gives it.

    Fifteen in a hundred modules may be damaged: a fold or a stamp does no harm.
    """
    target = BytesIO()
    segno.make_qr(address, error="m").save(target, kind="svg", xmldecl=False, border=0, omitsize=False)
    return target.getvalue().decode()
