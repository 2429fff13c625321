"""Document to Reading: the only place that knows the order of the steps.

language → sentences → attributions → sources → chains → stance → dates → statements → the document's own assertions.
Pure and stateless but for the loaded model, so it runs anywhere and in parallel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.model.document import Document
from sayso.model.span import Span, cover, word_before
from sayso.model.statement import (
    Attribution,
    Form,
    Kind,
    Mention,
    Reading,
    Stance,
    Statement,
    attribution_id,
    extent_of,
    statement_id,
)
from sayso.neural.reader_network import ReaderNetwork
from sayso.neural.weights_files import shared_subwords
from sayso.reading.antecedents import antecedent_of
from sayso.reading.attribution import Found, find_attributions
from sayso.reading.cast import Cast
from sayso.reading.chain import (
    Node,
    chain_of,
    find_parents,
    relays_whole,
    with_inherited_chains,
    without_inner_attitudes,
)
from sayso.reading.channels import channel_of
from sayso.reading.completing import completed
from sayso.reading.coordination import iter_coordinated
from sayso.reading.credits import find_credits
from sayso.reading.dates import is_weekday
from sayso.reading.interviews import find_turns
from sayso.reading.language import detect_language
from sayso.reading.lexicon import Lexicon, lexicon
from sayso.reading.marks import ANY_QUOTES
from sayso.reading.names import clean_name, same_name
from sayso.reading.outlets import KnownOutlets
from sayso.reading.own import (
    claims_own_finding,
    iter_own,
    merely_calls,
    speaks_for_itself,
    with_withdrawn_recalled,
)
from sayso.reading.patterns import find_passive_acts
from sayso.reading.relays import relays_beside
from sayso.reading.roles import with_named_roles
from sayso.reading.sentences import iter_sentences, sentence_at
from sayso.reading.stance import Judged, judge
from sayso.reading.timing import Clock

PASSING_ON = ("forwarded", "source", "via")
"""Relays of a document through which the whole text came, as against what it answers or links to."""
EVASIONS = (Form.DID_NOT_DENY, Form.NO_COMMENT)
BARE = ' :—–«“„"'
"""What a cue without a word is made of."""


class Reader:
    """Reads documents with one loaded network.

    Args:
        outlets: lower-case names of outlets that the desk knows, to the name to use (see outlets.outlet_names).
        threads: processor threads; 0 for as many as there are processors.
    """

    version = "9"

    def __init__(self, outlets: dict[str, str] | None = None, threads: int = 0) -> None:
        self._network = ReaderNetwork(threads)
        self._outlets = KnownOutlets(outlets)
        self.name = f"{self._network.name}/{self.version}"

    def read(self, documents: Sequence[Document]) -> list[Reading]:
        """A reading of each document, in order; their windows share batches."""
        found = find_attributions([document.text for document in documents], shared_subwords(), self._network)
        return [self._reading(document, list(some)) for document, some in zip(documents, found, strict=True)]

    def _reading(self, document: Document, found: list[Found]) -> Reading:
        lang = document.lang or detect_language(document.text)
        scene = _Scene.of(document, lang, self._outlets)
        found = [one for one in found if not scene.is_credit(one)]
        found = completed(found, document, scene.sentences, scene.words, scene.cast)
        scene.note_passive_acts()
        nodes = with_named_roles([scene.node(one) for one in found], document.text, scene.words)
        attributions = tuple(scene.attribution(node) for node in nodes)
        statements = [*scene.attributed(nodes, attributions), *scene.unattributed(nodes)]
        statements = with_withdrawn_recalled(statements, document.text, scene.words)
        statements.sort(key=lambda one: (one.extent, one.id))
        return Reading(document.hash, self.name, lang, attributions, tuple(statements))


@dataclass(slots=True)
class _Scene:
    """One document while it is being read."""

    document: Document
    words: Lexicon
    sentences: list[Span]
    cast: Cast
    clock: Clock
    credit_spans: list[Span]
    credits: tuple[Mention, ...]
    first_hand: str | None
    """Whose words the text is, where its format says that it was forwarded or taken over."""

    @classmethod
    def of(cls, document: Document, lang: str, outlets: KnownOutlets) -> _Scene:
        words = lexicon(lang)
        sentences = iter_sentences(document.text, lang)
        cast = Cast(document, words, outlets, sentences=sentences)
        spans = find_credits(document.text, words, lambda name: cast.known_outlet(name) is not None)
        if document.outlet is None and len(spans) == 1:
            cast.credited = clean_name(spans[0].quote(document.text), words)
        credited: dict[str, Mention] = {}
        for span in spans:
            name = clean_name(span.quote(document.text), words)
            known = cast.known_outlet(name) or name
            if not cast.is_outlet(known):
                credited.setdefault(known, Mention(known, Kind.OUTLET, span))
        first_hand = None
        for relay in document.relays:
            publisher = (cast.known_outlet(relay.name) or relay.name) if relay.name else None
            if publisher is None or cast.is_outlet(publisher) or relay.kind not in PASSING_ON:
                continue
            credited.setdefault(publisher, Mention(publisher, Kind.OUTLET))
            if relay.kind != "via" and first_hand is None:
                first_hand = publisher
        clock = Clock(document, sentences, words)
        return cls(document, words, sentences, cast, clock, spans, tuple(credited.values()), first_hand)

    def is_credit(self, found: Found) -> bool:
        """Whether the network took a credit line for somebody's words: its source is what the line names."""
        return any(
            part.holds(span) or (span.holds(part) and 2 * len(part) >= len(span))
            for part in found.source
            for span in self.credit_spans
        )

    def note_passive_acts(self) -> None:
        """Makes the actors and days of acts told in the passive known to what follows."""
        text = self.document.text
        for actor, cue in find_passive_acts(text, self.sentences, self.words):
            mention = self.cast.resolve(clean_name(actor.quote(text), self.words), actor)
            self.clock.note(mention, cue, ())

    def node(self, found: Found) -> Node:
        text = self.document.text
        cue = self._missed_verb(found) + " ".join(span.quote(text) for span in found.cue)
        sources: list[Mention] = []
        for span in found.source:
            for name, part in iter_coordinated(span, text, self.words):
                if name and not self._is_function_word(name, part):
                    sources.append(self.cast.resolve(name, part))
        if not sources:
            sources.extend(self._unspoken(found, cue))
        return Node(found, cue, tuple(sources))

    def _missed_verb(self, found: Found) -> str:
        """The verb of taking back right after a source, where the network took another word for the cue ("The Post withdraws
        its version as *well*")."""
        if not found.source:
            return ""
        start = found.source[-1].end + 1
        match = self.words.of("cue", "withdraw").match(self.document.text, start)
        known = match and any(span.start < match.end() and start < span.end for span in found.cue)
        return f"{match.group()} " if match and not known else ""

    def _is_function_word(self, name: str, part: Span) -> bool:
        """Whether a source is a lone article, an "it should be" or a day of the week: then the network took a piece of the verb's
        phrase for it."""
        if self.cast.is_acronym(name, part):
            return False
        pronoun = any(self.words.of("pronouns", key).fullmatch(name) for key in ("he", "she", "they", "we", "relative"))
        lone = any(self.words.of("pronouns", key).fullmatch(name) for key in ("opener", "impersonal"))
        return (lone or is_weekday(name, self.words)) and not pronoun

    def _unspoken(self, found: Found, cue: str) -> list[Mention]:
        """The subject that a verb's form tells where no word does: "we" for the outlet; "he" or "she", beside a quotation or at the start of
        a sentence, for the person named or introduced last, as for a quotation behind nothing but a colon."""
        if self.words.of("cue", "dropped_we").search(cue):
            return [self.cast.outlet()]
        quoted = self.document.text[found.content[0].start] in ANY_QUOTES
        dropped = self.words.of("cue", "dropped").search(cue)
        opens = dropped and found.cue[0].start == self.sentences[sentence_at(self.sentences, found.cue[0].start)].start
        if not opens and (not quoted or not (dropped or not cue.strip(BARE))):
            return []
        speaker = self.cast.person_before(found.cue[0])
        return [replace(speaker, span=None)] if speaker else []

    def attribution(self, node: Node) -> Attribution:
        found = node.found
        identity = attribution_id(self.document.hash, found.source, found.cue, found.content)
        return Attribution(identity, found.source, self._words_of(found.cue), found.content, found.confidence)

    def _words_of(self, cue: Sequence[Span]) -> tuple[Span, ...]:
        """The cue without a mere quotation mark, which holds the place of one where no word attributes."""
        return tuple(span for span in cue if span.quote(self.document.text) not in ANY_QUOTES)

    def attributed(self, nodes: Sequence[Node], attributions: Sequence[Attribution]) -> list[Statement]:
        """Statements of the attributions that are not mere relays."""
        reach = [self._reach(node) for node in nodes]
        parents = find_parents(reach, self.words)
        for node in nodes:
            for source in node.sources:
                self.clock.note(source, node.cue, node.found.content)
        out: list[Statement] = []
        for number, node in enumerate(nodes):
            if not node.sources or not self._speaks(node):
                continue
            if relays_whole(number, reach, parents) and not self.words.has("cue", "withdraw", node.cue_text):
                continue
            via = self._via(chain_of(number, parents), nodes, node)
            for rank, source in enumerate(node.sources):
                statement = self._statement(reach[number], source, via, rank, attributions[number])
                before = out[-1 - rank] if len(out) > rank else None
                if before and self.words.has("cue", "repeats", node.cue_text):
                    statement = replace(statement, stance=before.stance, firm=before.firm)
                out.append(statement)
        return with_inherited_chains(without_inner_attitudes(self._without_evasions(out), self.cast.outlet()))

    def _without_evasions(self, statements: list[Statement]) -> list[Statement]:
        """Takes the stance off what an actor says instead of answering: "did not deny it, saying only that …"."""

        def place(one: Statement) -> tuple[str, int]:
            return one.source.name, sentence_at(self.sentences, one.cue[0].start)

        evaded = {place(one) for one in statements if one.cue and one.form in EVASIONS}
        return [
            replace(one, stance=None) if one.cue and one.form not in EVASIONS and place(one) in evaded else one
            for one in statements
        ]

    def _reach(self, node: Node) -> Node:
        """The node with its content extended by what a bare "this" in it points back to."""
        content = antecedent_of(node.found.content, node.cue, self.document.text, self.sentences, self.words)
        return Node(
            Found(node.found.source, node.found.cue, content, node.found.confidence), node.cue_text, node.sources
        )

    def _via(self, chain: Sequence[int], nodes: Sequence[Node], node: Node) -> tuple[Mention, ...]:
        relays: list[Mention] = [*self.credits]
        for number in chain:
            relays.extend(nodes[number].sources[:1])
        relays.extend(relays_beside(node, self.sentences, self.cast))
        out: list[Mention] = []
        taken = {source.name for source in node.sources} | {self.cast.outlet().name}
        for relay in relays:
            generic = self.words.of("kinds", "outlet").fullmatch(relay.name) is not None
            known = relay.name in taken or any(same_name(relay.name, name) for name in taken)
            if not known and not generic and relay.kind is not Kind.DOCUMENT:
                taken.add(relay.name)
                out.append(relay)
        return tuple(out)

    def _statement(
        self, node: Node, source: Mention, via: tuple[Mention, ...], rank: int, attribution: Attribution
    ) -> Statement:
        found, text = node.found, self.document.text
        content = " ".join(span.quote(text) for span in found.content)
        outlet = source.name == self.cast.outlet().name
        if self._is_supposed(found):
            judged = Judged(None)
        else:
            judged = judge(source.name, node.cue_text, content, self.words, outlet=outlet)
        sentence = self.sentences[sentence_at(self.sentences, node.cue.start)]
        return Statement(
            id=statement_id(self.document.hash, via, source.span, found.cue, found.content, rank),
            document=self.document.hash,
            attribution=attribution.id,
            source=source,
            via=via,
            cue=self._words_of(found.cue),
            content=found.content,
            extent=extent_of(self._beside(found), found.cue, found.content),
            stance=judged.stance,
            form=judged.form,
            firm=judged.stance is not None and judged.firm,
            date=self._date(source, node, outlet=outlet),
            channel=channel_of(sentence.quote(text), self.words, None if via or not outlet else self.document.channel),
            verbatim=text[found.content[0].start] in ANY_QUOTES,
            own=outlet,
            confidence=round(found.confidence, 4),
        )

    def _is_supposed(self, found: Found) -> bool:
        """Whether an "if" stands right before source and cue ("If they refuse, …")."""
        start = min(part.start for part in (*self._beside(found), *found.cue))
        word = word_before(self.document.text, start)
        conditional = self.words.of("content", "conditional")
        return word is not None and conditional.fullmatch(word.quote(self.document.text)) is not None

    def _beside(self, found: Found) -> tuple[Span, ...]:
        """The source where it stands in the sentences of what is said; one further up is no part of the passage."""
        said = cover((*found.cue, *found.content))
        within = range(sentence_at(self.sentences, said.start), sentence_at(self.sentences, said.end - 1) + 1)
        return tuple(one for one in found.source if sentence_at(self.sentences, one.start) in within)

    def _date(self, source: Mention, node: Node, *, outlet: bool) -> str | None:
        if outlet:
            return self.clock.document_day()
        if source.kind is Kind.DOCUMENT:
            borne = self.clock.borne(source)
            if borne is not None:
                return borne
        return self.clock.when(source, node.cue, node.found.content)

    def _speaks(self, node: Node) -> bool:
        """Whether the source can speak. In an office's own text "the port admits workers" is what the office says: a
        thing that no word marks as a person or body is no source there."""
        official = self.document.channel == "press" or self.cast.outlet().kind is Kind.OFFICE
        if not official or not node.sources:
            return True
        if all(self.words.of("kinds", "not_one").match(source.name) for source in node.sources):
            return False
        known = ("anonymous", "man", "speaker", "company", "public")
        return any(
            not self._is_unmarked(source) or any(self.words.has("kinds", key, source.name) for key in known)
            for source in node.sources
        )

    def _is_unmarked(self, source: Mention) -> bool:
        """Whether nothing makes a source a person or body: a common noun, with a capital only because it opens a sentence."""
        opens = source.span is not None and any(source.span.start == one.start for one in self.sentences)
        word = " " not in source.name and source.kind is Kind.ORGANISATION
        return source.kind is Kind.ANONYMOUS or (opens and word)

    def unattributed(self, nodes: Sequence[Node]) -> list[Statement]:
        """The outlet's own assertions: plain sentences, and sentences that name the outlet as finder."""
        ours = speaks_for_itself(self.document) or self.cast.outlet().kind is Kind.OFFICE
        trusted = [node for node in nodes if self._speaks(node) and (node.sources or not ours)]
        covered = [
            span
            for node in trusted
            for part in (node.found.source, node.found.cue, self._reach(node).found.content)
            for span in part
        ]
        turns = find_turns(self.document, self.cast)
        out: list[Statement] = []
        for sentence in iter_own(self.document, self.sentences, covered, self.credit_spans):
            quote = sentence.quote(self.document.text)
            turn = next((one for one in turns if one.span.holds(sentence)), None)
            silent = (turn and turn.asks) or merely_calls(quote, self.words)
            judged = Judged(None) if silent else judge("", "", quote, self.words, outlet=turn is None)
            finding = claims_own_finding(quote, self.words)
            guest = turn.speaker if turn else None
            plain = Mention(self.first_hand, Kind.OUTLET) if self.first_hand else self.cast.outlet()
            source = guest or plain
            marked = guest is not None or finding or speaks_for_itself(self.document)
            date = self.clock.document_day()
            out.append(
                Statement(
                    id=statement_id(self.document.hash, (), None, (), (sentence,), 0),
                    document=self.document.hash,
                    attribution=None,
                    source=source,
                    via=tuple(one for one in self.credits if one.name != source.name),
                    content=(sentence,),
                    extent=sentence,
                    stance=judged.stance,
                    form=judged.form,
                    firm=judged.stance is not None and judged.firm,
                    date=date,
                    channel=self.document.channel,
                    own=marked or judged.stance is Stance.WITHDRAWS,
                    confidence=0.9 if marked else 0.5,
                )
            )
        return out
