"""Photos as phones take them, made for tests: with what a camera adds unseen."""

from io import BytesIO

from PIL import Image

GPS = 0x8825
ORIENTATION = 0x0112
MAKER = 0x010F
CAMERA = "Spookfoon 9"


def photo(kind="JPEG", size=(300, 400), *, colour="white", turned=False):
    """A picture that says where and with what it was taken; ``turned``: the phone was held sideways."""
    exif = Image.Exif()
    exif[MAKER] = CAMERA
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (52.0, 22.0, 12.0)
    if turned:
        exif[ORIENTATION] = 6
    target = BytesIO()
    Image.new("RGB", size, colour).save(target, kind, exif=exif)
    return target.getvalue()
