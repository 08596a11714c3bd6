"""Which visits are not counted because a robot made them.

``/tien-ich/`` is asked for by a script in the page, so a robot that runs no scripts never gets here. What is left
are crawlers with a browser inside, previews and monitors, and they say in their User-Agent what they are. Plain
tools without a name of that kind (curl, a library, a headless browser) are counted: somebody asked on purpose.
"""

from __future__ import annotations

import re

PATTERNS = (
    # Words that robots use of themselves.
    r"bot\b|bot[/;_ -]|\bbots\b",  # Googlebot, bingbot, Applebot, coccocbot, GPTBot, ClaudeBot, Twitterbot …
    r"robot",
    r"crawl",  # crawler, crawling
    r"spider",  # Baiduspider, Bytespider
    r"scrap(?:er|y)",
    r"slurp",  # Yahoo
    r"archiver|archive\.org",
    r"indexer|indexing",
    # Previews of a link, in chats and social networks.
    r"facebookexternalhit|facebookcatalog|meta-external",
    r"\bzalo\b.*preview|skypeuripreview|whatsapp/|telegram.*preview|linkpreview|embedly",
    r"google-(?:read-aloud|inspectiontool|safety|extended)|mediapartners-google|feedfetcher|googleother|google favicon",
    r"bingpreview|yandex(?:metrika|direct|images)|duckduckgo-favicons",
    # Monitors and measurements.
    r"monitor|uptime|pingdom|statuscake|site24x7|checkly",
    r"lighthouse|pagespeed|gtmetrix|ptst/",  # the speed tests
    r"validator|w3c_",
)
"""Regular expressions, matched anywhere in the User-Agent without regard to case."""

_ROBOT = re.compile("|".join(f"(?:{pattern})" for pattern in PATTERNS), re.IGNORECASE)
_NOT_ROBOTS = re.compile(r"\bcubot\b", re.IGNORECASE)
"""A maker of telephones whose name ends like a robot's."""


def is_robot(user_agent: str) -> bool:
    """Say whether a visit with ``user_agent`` is left out of the count."""
    return _ROBOT.search(_NOT_ROBOTS.sub("", user_agent)) is not None
