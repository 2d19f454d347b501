"""Photos and scans made into one PDF: upright, on A4, saying nothing of where they were taken."""

from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from crm.typesetting import pdf, scans
from tests.crm.typesetting.photos import CAMERA, GPS, photo
from tests.letters.admin.samples import one_page


def made(*files):
    return scans.to_pdf(files, title="Antwoord op papier")


def sizes(data):
    with pikepdf.open(BytesIO(data)) as opened:
        return [[round(float(side)) for side in page.mediabox[2:]] for page in opened.pages]


def pictures(data):
    with pikepdf.open(BytesIO(data)) as opened:
        return [
            found.read_raw_bytes()
            for found in opened.objects
            if isinstance(found, pikepdf.Stream) and found.get("/Subtype") == "/Image"
        ]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF"])
def test_every_kind_of_photo_becomes_a_page_of_a4(kind):
    scan = made(photo(kind))
    assert scan.pages == 1
    [[wide, high]] = sizes(scan.pdf)
    assert (wide, high) in [(595, 794), (595, 793), (595, 842)]
    assert pdf.check_pdf(scan.pdf).pages == 1


def test_the_photo_says_where_it_was_taken_and_the_pdf_does_not():
    data = photo()
    assert Image.open(BytesIO(data)).getexif().get_ifd(GPS)
    [picture] = pictures(made(data).pdf)
    assert CAMERA.encode() in data
    assert CAMERA.encode() not in picture
    assert not Image.open(BytesIO(picture)).getexif()


def test_neither_does_a_pdf_that_carries_the_photo_as_it_was():
    with pikepdf.new() as opened:
        page = opened.add_blank_page()
        image = opened.make_stream(
            photo(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=300, Height=400,
            ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
            Metadata=opened.make_stream(b"<exif:GPSLatitude>52,22N</exif:GPSLatitude>"),
        )  # fmt: skip
        page.Contents = opened.make_stream(b"q 300 0 0 400 0 0 cm /Im Do Q")
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=image))
        target = BytesIO()
        opened.save(target)
    assert CAMERA.encode() in target.getvalue()
    cleaned = made(target.getvalue()).pdf
    [picture] = pictures(cleaned)
    assert CAMERA.encode() not in picture
    assert Image.open(BytesIO(picture)).size == (300, 400)
    with pikepdf.open(BytesIO(cleaned)) as opened:
        assert not any("/Metadata" in o for o in opened.objects if isinstance(o, pikepdf.Stream))


def test_a_photo_taken_sideways_stands_upright():
    [[wide, high]] = sizes(made(photo(size=(400, 300), turned=True)).pdf)
    assert high > wide
    [[wide, high]] = sizes(made(photo(size=(400, 300))).pdf)
    assert wide > high


def test_several_files_stand_in_their_order_and_give_the_same_bytes_again():
    files = [photo(), one_page(), photo("PNG", colour="red")]
    scan = made(*files)
    assert scan.pages == 3
    assert scan == made(*files)


def test_a_large_photo_is_stored_small():
    large = photo(size=(3000, 4000))
    [picture] = pictures(made(large).pdf)
    assert max(Image.open(BytesIO(picture)).size) == 2205


def test_what_is_transparent_is_white():
    target = BytesIO()
    Image.new("RGBA", (30, 40), (0, 0, 0, 0)).save(target, "PNG")
    [picture] = pictures(made(target.getvalue()).pdf)
    assert Image.open(BytesIO(picture)).getpixel((3, 3)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([b""], "geen foto of PDF"),
        ([b"<html>hoi</html>"], "geen foto of PDF"),
        ([photo()[:400]], "geen foto of PDF"),
        ([photo(), b"GIF89a"], "Bestand 2: "),
        ([b"%PDF-1.7 kapot"], "beschadigd"),
        ([photo()] * 21, "hoogstens 20"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(files, words):
    with pytest.raises(scans.Unreadable, match=words):
        made(*files)


def test_a_picture_made_to_fill_the_memory_is_refused_before_it_is_read():
    target = BytesIO()
    Image.new("1", (9_000, 8_000)).save(target, "PNG")
    with pytest.raises(scans.Unreadable, match="te groot"):
        made(target.getvalue())
