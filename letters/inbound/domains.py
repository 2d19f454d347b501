"""Mail domains: which are shared by anybody, and which are an organisation's own."""

from __future__ import annotations

import re
from typing import Final

from crm.dutch.folding import fold


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BRANDS: Final = _names(
    "aol gmail gmx googlemail hotmail icloud live msn outlook proton protonmail yahoo ymail"
)
_DOMAINS: Final = _names("""
    antenna.nl caiway.net caiway.nl casema.nl chello.nl dds.nl fastmail.com filternet.nl freedom.nl freeler.nl hccnet.nl
    hetnet.nl hey.com home.nl kabelfoon.nl kpnmail.nl kpnplanet.nl mac.com mail.com me.com online.nl onsbrabantnet.nl
    onsneteindhoven.nl orange.nl planet.nl pm.me proximus.be quicknet.nl skynet.be solcon.nl t-mobilethuis.nl tele2.nl
    telenet.be telfort.nl tiscali.nl tuta.io tutanota.com upcmail.nl versatel.nl web.de wxs.nl xs4all.nl yandex.com
    zeelandnet.nl ziggo.nl ziggomail.nl zoho.com zonnet.nl
""")


def is_free_mail(domain: str) -> bool:
    """Whether the domain (lower case) belongs to a provider, not to an organisation."""
    labels = domain.split(".")
    return domain in _DOMAINS or (len(labels) in {2, 3} and labels[0] in _BRANDS)


def is_own(domain: str, name: str) -> bool:
    """Whether a domain is the organisation's own: ``sp.example`` for SP, ``lijstlinde-noord.example`` for Lijst Linde.

    No list names every provider; where the name does not resemble the domain, anybody may have an address there.
    """
    called = re.sub(r"[^a-z0-9]", "", fold(name))
    labels = [re.sub(r"[^a-z0-9]", "", label) for label in domain.split(".")[:-1]]
    return bool(called) and any(_resembles(*sorted((called, label), key=len)) for label in labels if label)


def _resembles(short: str, long: str) -> bool:
    return (
        short == long or (len(short) >= 3 and long.startswith(short)) or (len(short) >= 4 and short in long)
    )
