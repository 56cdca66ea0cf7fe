"""Electronic mail, web and network addresses. The pages of help and health organisations are public."""

from __future__ import annotations

import re
from ipaddress import ip_address

from synthgen.personal.rule import Rule

# Whatever lies under these names: governments, armies, crisis lines, health and welfare organisations.
_PUBLIC = frozenset(
    "gov mil gov.uk nhs.uk gov.au gov.cn gov.hk gov.tw gov.sg gov.ie govt.nz gc.ca who.int un.org unicef.org"
    " 988lifeline.org suicidepreventionlifeline.org crisistextline.org thehotline.org rainn.org loveisrespect.org"
    " thetrevorproject.org translifeline.org childhelp.org veteranscrisisline.net ndvh.org nami.org mhanational.org"
    " afsp.org adaa.org dbsalliance.org psychiatry.org apa.org psychologytoday.com goodtherapy.org"
    " openpathcollective.org"
    " nationaleatingdisorders.org anad.org aa.org na.org al-anon.org smartrecovery.org alz.org redcross.org 211.org"
    " mayoclinic.org clevelandclinic.org lawhelp.org helpguide.org postpartum.net findahelpline.com befrienders.org"
    " iasp.info samaritans.org mind.org.uk papyrus-uk.org giveusashout.org thecalmzone.net childline.org.uk"
    " nspcc.org.uk refuge.org.uk nationaldahelpline.org.uk womensaid.org.uk beateatingdisorders.org.uk rethink.org"
    " youngminds.org.uk switchboard.lgbt cruse.org.uk citizensadvice.org.uk shelter.org.uk stepchange.org acas.org.uk"
    " relate.org.uk alzheimers.org.uk lifeline.org.au beyondblue.org.au headspace.org.au kidshelpline.com.au"
    " 1800respect.org.au suicidecallbackservice.org.au reachout.com talksuicide.ca kidshelpphone.ca camh.ca"
    " wellnesstogether.ca 1737.org.nz mentalhealth.org.nz pieta.ie sos.org.sg sbhk.org.hk samaritans.org.hk"
    " crisis.org.cn lifeline-shanghai.com hope9995.com".split()
)
# Sites that are talked about by their address. A page on them is still somebody's.
_HOUSEHOLD = frozenset(
    "amazon.com match.com booking.com indeed.com google.com facebook.com reddit.com youtube.com ebay.com airbnb.com"
    " netflix.com ancestry.com craigslist.org wikipedia.org monster.com zillow.com taobao.com jd.com 58.com".split()
)
# As long as a host can be.
_LONGEST_HOST = 253
_ROLES = frozenset("help info support contact hello office enquiries inquiries admin crisis jo pat".split())
_HOST = re.compile(r"(?:[a-z]+://)?(?:www\.)?(?:[^/@\s]*@)?([^/:?#\s]+)", re.IGNORECASE)
_END = r"\s<>\"'“”‘’，。；：！？、（）()【】「」《》\u4e00-\u9fff"


def _is_public_host(host: str) -> bool:
    parts = host[-_LONGEST_HOST:].lower().rstrip(".").split(".")
    return any(".".join(parts[at:]) in _PUBLIC for at in range(len(parts)))


def is_public_url(piece: str) -> bool:
    """Whether an address is an organisation's that helps, or names a site that everybody knows."""
    found = _HOST.match(piece)
    host = found[1] if found else ""
    bare = piece.lower().removeprefix("www.") in _HOUSEHOLD
    return bare or _is_public_host(host)


def is_public_mail(piece: str) -> bool:
    """Whether a mailbox is an office's of an organisation that helps."""
    name, _, host = piece.lower().rpartition("@")
    return name in _ROLES and _is_public_host(host)


def _is_ip(piece: str) -> bool:
    try:
        return ip_address(piece).is_global
    except ValueError:
        return False


MAILS = (
    Rule(
        "email",
        re.compile(
            r"(?<![\w.%+-])[\w.%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}(?![A-Za-z0-9])",
            re.ASCII,
        ),
        spared=is_public_mail,
    ),
)
# Written so that machines do not see it.
SPELLED_MAILS = (
    Rule(
        "email",
        re.compile(
            r"(?<![\w.%+-])[\w.%+-]{2,64} ?(?:\(at\)|\[at\]|\{at\}|(?<= )at(?= )) ?[A-Za-z0-9-]{2,63} ?"
            r"(?:\(dot\)|\[dot\]|\{dot\}|(?<= )dot(?= )|\.) ?(?:com|org|net|edu|cn|co\.uk|uk)\b",
            re.ASCII | re.IGNORECASE,
        ),
    ),
)
URLS = (
    Rule("url", re.compile(rf"(?:https?|ftp)://[^{_END}]*[^{_END}.,;:!?*\]]"), spared=is_public_url),
    Rule("url", re.compile(rf"(?<![\w./@])www\.[^{_END}]*[^{_END}.,;:!?*\]]", re.IGNORECASE), spared=is_public_url),
)
BARE_URLS = (
    Rule(
        "url",
        re.compile(
            r"(?<![\w./@-])(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,4}"
            r"(?:(?:com|org|net|edu|gov|info|io|cn|uk|com\.[a-z]{2}|org\.[a-z]{2}|net\.[a-z]{2})(?![\w@-]|\.\w)"
            rf"(?:/[^{_END}]*[^{_END}.,;:!?*\]])?|[a-z]{{2,6}}/[^{_END}]*[^{_END}.,;:!?*\]])",
            re.ASCII,
        ),
        spared=is_public_url,
    ),
)
IPS = (
    Rule(
        "ip",
        re.compile(r"(?<![\w.])(?<![Vv]ersion )(?<![Rr]elease )\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)", re.ASCII),
        sound=_is_ip,
    ),
)
IPS_V6 = (
    Rule(
        "ip",
        re.compile(r"(?<![\w:])[0-9a-f]{1,4}(?::{1,2}[0-9a-f]{1,4}){3,7}(?![\w:])", re.IGNORECASE | re.ASCII),
        _is_ip,
    ),
)
