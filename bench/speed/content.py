"""The content that every server answers from, the same on each run: what there is, and the rows of it.

`plain` gives the tables that somebody would make for this content alone, for the hand-written SQL and PostGraphile;
`beacon` gives the rows of Beacon's own tables, drafts and published. Slugs, links and values are the same in both.
"""

from datetime import datetime, timedelta, timezone
from hashlib import md5

AUTHORS, TOPICS, CAMPAIGNS, SOURCES, CHANNELS = 1_000, 2_000, 500, 300, 2_000
SHOWN = 5  # statistics of a campaign
KINDS = "PHONE SMS WHATSAPP WEBCHAT WEB_FORM VIDEO POST IN_PERSON OTHER".split()
DAY = timedelta(days=1)
FIRST = datetime(2020, 1, 1, tzinfo=timezone.utc)
SAVED = FIRST.isoformat()
FAR = "2099-12-31"
WORDS = " ".join(md5(b"%d" % word).hexdigest() for word in range(4_000))  # hardly any of it can be compressed away
LENGTH = 2_000


class Content:
    """`posts` posts, and what stands around them."""

    def __init__(self, posts):
        self.posts = posts

    def post(self, n):
        """Title, slug, summary, body of 2 kB, and when it was published: in an order unlike that of the ids."""
        summary = f"Summary of post {n}: " + "a short text that says what follows. " * 4
        start = n * 137 % (len(WORDS) - LENGTH)
        body = WORDS[start : start + LENGTH].strip()
        return f"Post number {n} on the state of things", f"post-{n}", summary.strip(), body, self.published_at(n)

    def published_at(self, n):
        at = FIRST + n * 7_919 % self.posts * (2_190 * DAY / self.posts)
        return at.replace(microsecond=0).isoformat()

    def author(self, n):
        return 1 + n * 31 % AUTHORS

    def topics(self, n):
        return [1 + (n * 51 + k * 613) % TOPICS for k in range(3)]

    def campaigns(self, n):
        """One or two, one and a half on average."""
        return [1 + (n * 13 + k * 211) % CAMPAIGNS for k in range(1 + n % 2)]

    def campaign(self, n):
        """Name, slug, summary and its next day."""
        summary = "What this campaign asks for and why. " * 5
        return f"Campaign {n}", f"campaign-{n}", summary.strip(), (datetime(2090, 1, 1) + n * DAY).date().isoformat()

    def statistics(self, campaign):
        return [(campaign - 1) * SHOWN + k + 1 for k in range(SHOWN)]

    def channel(self, n):
        """Kind, what it shows, and its label: each twentieth is an address for e-mail."""
        kind = "EMAIL" if n % 20 == 0 else KINDS[n % len(KINDS)]
        return kind, f"channel-{n}@example.org", f"Contact {n}"


def plain(content):
    """Name, columns and rows of each table of `plain.sql`, in an order that foreign keys allow."""
    posts, c = range(1, content.posts + 1), content
    many = range(1, CAMPAIGNS + 1)
    yield "author", ((n, f"Author {n}", f"author-{n}") for n in range(1, AUTHORS + 1))
    yield "topic", ((n, f"Topic {n}", f"topic-{n}") for n in range(1, TOPICS + 1))
    yield "campaign", ((n, *c.campaign(n)) for n in many)
    yield "source", ((n, f"Source {n}", f"https://example.org/source/{n}") for n in range(1, SOURCES + 1))
    yield "statistic", (
        (s, f"Statistic {s}", s * 37, 1 + s % SOURCES, n, place)
        for n in many for place, s in enumerate(c.statistics(n))
    )
    yield "contact_channel", ((n, *c.channel(n)) for n in range(1, CHANNELS + 1))
    yield "post", ((n, *c.post(n), c.author(n)) for n in posts)
    yield "post_topic", ((n, place, t) for n in posts for place, t in enumerate(c.topics(n)))
    yield "post_campaign", ((n, place, t) for n in posts for place, t in enumerate(c.campaigns(n)))


def identity(kind, n):
    """A UUIDv7 of its own for each thing."""
    return f"01900000-00{kind:02x}-7000-8000-{n:012x}"


POST, CAMPAIGN, STATISTIC, FIGURE, CHANNEL, TOPIC, PERSON, SOURCE, SERVICE = range(1, 10)
NOBODY = identity(0, 0)
NAMES = dict(zip(range(1, 10), "POST CAMPAIGN STATISTIC FIGURE CONTACT_CHANNEL TOPIC PERSON SOURCE SERVICE".split()))


def beacon(content):
    """Table, columns and rows of Beacon's tables, in an order that foreign keys allow."""
    c = content
    stages = ("DRAFT", "PUBLISHED")
    posts, campaigns, channels = range(1, c.posts + 1), range(1, CAMPAIGNS + 1), range(1, CHANNELS + 1)
    statistics = range(1, CAMPAIGNS * SHOWN + 1)
    topics, people, sources = range(1, TOPICS + 1), range(1, AUTHORS + 1), range(1, SOURCES + 1)

    def words():
        """Kind, number, slug and title of every document."""
        yield SERVICE, 1, "service-1", "Service 1"
        for n in topics:
            yield TOPIC, n, f"topic-{n}", f"Topic {n}"
        for n in people:
            yield PERSON, n, f"author-{n}", f"Author {n}"
        for n in sources:
            yield SOURCE, n, f"source-{n}", f"Source {n}"
        for n in campaigns:
            name, slug, *_ = c.campaign(n)
            yield CAMPAIGN, n, slug, name
        for n in statistics:
            yield STATISTIC, n, f"statistic-{n}", f"Statistic {n}"
        for n in channels:
            yield CHANNEL, n, f"contact-{n}", c.channel(n)[2]
        for n in posts:
            title, slug, *_ = c.post(n)
            yield POST, n, slug, title

    def links():
        """From, field, position, document and target."""
        for n in posts:
            me = identity(POST, n)
            yield me, "AUTHORS", 0, me, identity(PERSON, c.author(n))
            for place, t in enumerate(c.topics(n)):
                yield me, "TOPICS", place, me, identity(TOPIC, t)
            for place, t in enumerate(c.campaigns(n)):
                yield me, "CAMPAIGNS", place, me, identity(CAMPAIGN, t)
        for n in campaigns:
            me = identity(CAMPAIGN, n)
            for place, s in enumerate(c.statistics(n)):
                yield me, "STATISTICS", place, me, identity(STATISTIC, s)
        for n in statistics:
            yield identity(FIGURE, n), "SOURCE", 0, identity(STATISTIC, n), identity(SOURCE, 1 + n % SOURCES)
        for n in channels:
            yield identity(CHANNEL, n), "SERVICE", 0, identity(CHANNEL, n), identity(SERVICE, 1)

    def staged(kind, numbers, row):
        """Rows that begin with their document and stage."""
        return ((identity(kind, n), stage, *row(n)) for n in numbers for stage in stages)

    yield "document", "id node_kind version state published_version created_at created_by saved_at saved_by updated_at", (
        (identity(kind, n), NAMES[kind], 1, "PUBLISHED", 1, SAVED, NOBODY, SAVED, NOBODY, SAVED) for kind, n, *_ in words()
    )
    yield "translation", "document_id stage language slug title title_key translated_at", (
        (identity(kind, n), stage, "en", slug, title, title.lower(), SAVED) for kind, n, slug, title in words() for stage in stages
    )
    yield "slug", "node_kind language slug document_id is_public", (
        (NAMES[kind], "en", slug, identity(kind, n), 1) for kind, n, slug, _ in words()
    )
    yield "link", "from_id stage field position document_id to_id", (
        (me, stage, field, place, document, to) for me, field, place, document, to in links() for stage in stages
    )
    own = "document_id stage "
    told = own + "language "
    yield "service", own + "status roles", staged(SERVICE, [1], lambda _: ("ACTIVE", "[]"))
    yield "service_text", told + "body", staged(SERVICE, [1], lambda _: ("en", "Text."))
    yield "topic", own + "is_sensitive", staged(TOPIC, topics, lambda _: (0,))
    yield "topic_text", told[:-1], staged(TOPIC, topics, lambda _: ("en",))
    yield "person", own + "is_pseudonym", staged(PERSON, people, lambda _: (0,))
    yield "person_text", told[:-1], staged(PERSON, people, lambda _: ("en",))
    yield "source", own + "source_kind url", staged(
        SOURCE, sources, lambda n: ("OFFICIAL_STATISTICS", f"https://example.org/source/{n}")
    )
    yield "source_text", told + "publisher", staged(SOURCE, sources, lambda _: ("en", "Publisher"))
    yield "campaign", own + "observance_kind month day length_days", staged(CAMPAIGN, campaigns, lambda _: ("FIXED", 1, 1, 1))
    yield "campaign_text", told + "summary body", staged(CAMPAIGN, campaigns, lambda n: ("en", c.campaign(n)[2], "Text."))
    yield "campaign_occurrence", own + "starts_on ends_on next_from", staged(
        CAMPAIGN, campaigns, lambda n: (*(c.campaign(n)[3],) * 2, "1970-01-01")
    )
    yield "statistic", own + "unit review_due_on", staged(STATISTIC, statistics, lambda _: ("COUNT", FAR))
    yield "statistic_text", told + "definition population", staged(STATISTIC, statistics, lambda _: ("en", "What.", "Of whom."))
    yield "figure", (
        "id stage document_id value qualifier period_label period_start period_end area_scheme area_code source_id "
        "review_due_on is_latest"
    ), staged(FIGURE, statistics, lambda n: (
        identity(STATISTIC, n), str(n * 37), "EXACT", "2020", "2020-01-01", "2020-12-31", "M49", "826",
        identity(SOURCE, 1 + n % SOURCES), FAR, 1,
    ))
    yield "contact_channel", own + (
        "channel_kind service_id display cost shows_on_bill text_relay priority verify_every_days"
    ), staged(CHANNEL, channels, lambda n: (
        c.channel(n)[0], identity(SERVICE, 1), c.channel(n)[1], "UNKNOWN", "UNKNOWN", 0, n, 90,
    ))
    yield "contact_channel_text", told + "safety_notes", staged(CHANNEL, channels, lambda _: ("en", "[]"))
    yield "post", own + "published_at sorted_at review_due_on", staged(POST, posts, lambda n: (c.published_at(n),) * 2 + (FAR,))
    yield "post_text", told + "summary body content_notes", staged(
        POST, posts, lambda n: ("en", c.post(n)[2], c.post(n)[3], "[]")
    )
