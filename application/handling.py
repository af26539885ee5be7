"""One command in one unit of work: read, pick the version, decide, append, answer."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from attrs import frozen

from rekenschap.application.answers import Antwoord, Toets
from rekenschap.application.commands import Actor, Command
from rekenschap.application.deciding import Besloten, Decider
from rekenschap.application.dossiers import Session
from rekenschap.application.errors import Broken, Conflict, Incorrect
from rekenschap.application.forming import formed_by
from rekenschap.application.ports import (
    FORGOTTEN,
    Codec,
    Entry,
    Regelingen,
    StoredCommand,
    UnitOfWork,
)
from rekenschap.application.receipts import receipt_of
from rekenschap.application.regelingen import Bibliotheek
from rekenschap.application.requests import Requests, Verzoek
from rekenschap.application.translate import Pseudonyms, Translator, seal
from rekenschap.application.wissen import Wissen
from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.boeking import Boeking, Melder
from rekenschap.domain.calendar import amsterdam_day
from rekenschap.domain.decide import Aanspraakfeit, Uitspraak
from rekenschap.domain.identifiers import CommandId, PersoonRef, Referentie
from rekenschap.domain.regeling import Regeling
from rekenschap.domain.values import as_enum, as_token
from rekenschap.domain.vocabulary import Rol


@frozen
class Handling:
    """Handles commands inside one unit of work."""

    grootboek: str
    unit: UnitOfWork
    session: Session
    codec: Codec
    regelingen: Regelingen
    library: Callable[..., Bibliotheek]
    pseudonyms: Pseudonyms

    def handle(self, command: Command) -> Antwoord:
        """Decide on a command and record it; or give the answer it had before."""
        command_id = CommandId(as_token(CommandId)("command_id", command.command_id))
        reference = self._reference(command)
        before = self.unit.log.find_command(command_id)
        if before is not None and before.content_hash == FORGOTTEN:
            if not self._erasing.is_again(command, before):
                raise Conflict(command_id, before.first_position)
            return self._answered(before)
        translator, request, melder = self._request(command)
        content = self.codec.content(
            {
                **request.inhoud,
                "melder": [melder.wie, melder.rol, melder.namens or ""],
                "als": reference or "",
            }
        )
        if before is not None:
            if before.content_hash != content:
                raise Conflict(command_id, before.first_position)
            return self._answered(before)
        moment = self.unit.log.moment()
        decided = self._decider().decide(request, melder, moment)
        about = decided.sleutel or request.genoemd
        kept = self._kept(about, translator, melder, amsterdam_day(moment))
        entries = self._entries(decided, kept, melder, command_id, reference)
        lines = self._append(entries, decided.sleutel, moment, command_id, content)
        for line in lines:
            self._erasing.after(line)
        return self._answer(lines[-1], decided.regelingen)

    def toets(self, command: Command) -> Toets:
        """Decide on a command as if it were given now; nothing is recorded."""
        as_token(CommandId)("command_id", command.command_id)
        self._reference(command)
        _, request, melder = self._request(command)
        decided = self._decider().decide(request, melder, self.unit.log.moment())
        last = decided.uitspraken[-1]
        claimed = (one.feit for one in decided.uitspraken if isinstance(one.feit, Aanspraakfeit))
        about = next(claimed, None) or self.session.behind(last.feit)
        return Toets(**formed_by(last, decided.regelingen, about))

    @property
    def _erasing(self) -> Wissen:
        return Wissen(self.unit, self.session)

    def _decider(self) -> Decider:
        library = self.library(self.session.configuration(), self.regelingen)
        return Decider(self.unit, self.session, library)

    def _request(self, command: Command) -> tuple[Translator, Verzoek, Melder]:
        library = self.library(self.session.configuration(), self.regelingen)
        if self.session.gewist:
            self.unit.vault.forget_lookups(self.session.gewist)
            self.session.gewist.clear()
        translator = Translator(library.kenmerken, self.pseudonyms)
        request = Requests(self.grootboek, self.session, translator, self.regelingen).of(command)
        actor = command.actor
        if not isinstance(actor, Actor):
            raise Incorrect("actor", actor, "an Actor: who asks, and in what role")
        melder = Melder(
            PersoonRef(translator.person("persoon", "actor.id", actor.id)),
            as_enum(Rol)("actor.rol", actor.rol),
            None
            if actor.namens is None
            else PersoonRef(translator.person("persoon", "actor.namens", actor.namens)),
        )
        return translator, request, melder

    @staticmethod
    def _reference(command: Command) -> Referentie | None:
        if command.referentie is AFWEZIG:
            return None
        return Referentie(as_token(Referentie)("referentie", command.referentie))

    def _entries(
        self,
        decided: Besloten,
        commitments: Mapping[str, str],
        melder: Melder,
        command: CommandId,
        reference: Referentie | None,
    ) -> list[Entry]:
        receipt = receipt_of(decided, self.unit.log.head().position)
        subject = decided.sleutel if _is_youth(decided.sleutel) else None
        # the receipt names it too (``gelezen``), and by that the seal covers what is touched
        touched = (subject,) if subject is not None else ()
        return [
            Entry(
                feit=seal(said.feit, commitments),
                beslissing=said.beslissing.met_bon(receipt),
                melder=melder,
                opdracht=command,
                referentie=None if said.meegebracht else reference,
                raakt=touched,
            )
            for said in decided.uitspraken
        ]

    def _kept(
        self, about: str | None, translator: Translator, melder: Melder, today: date
    ) -> dict[str, str]:
        """Put what is personal in the vault, each for its purpose and its term; the commitments.

        Nothing is kept any more of somebody who was erased.
        """
        commitments: dict[str, str] = {}
        if not translator.secrets:
            return commitments
        youth = about if _is_youth(about) else None
        erased = youth is not None and self.session.dossier(youth).dossier.gewist
        declared = self.regelingen.persoonsgegevens()
        for mark, (name, value) in translator.secrets.items():
            if erased:
                allowed = "left out: the data of whom it is about were erased"
                raise Incorrect(name, None, allowed, secret=True)
            what = declared.van(name)
            commitments[mark] = self.unit.vault.keep(
                youth or melder.wie,
                name,
                value,
                purpose=what.doel,
                keep_until=what.bewaren_tot(today),
            )
        return commitments

    def _append(
        self,
        entries: list[Entry],
        key: str | None,
        moment: datetime,
        command: CommandId,
        content: bytes,
    ) -> list[Boeking]:
        records = [self.codec.encode(entry) for entry in entries]
        stored = self.unit.log.append(
            records, moment=moment, command_id=command, content_hash=content
        )
        lines = [
            (
                record,
                Boeking(
                    positie=record.position,
                    geregistreerd_op=record.recorded_at,
                    feit=entry.feit,
                    beslissing=entry.beslissing,
                    melder=entry.melder,
                    opdracht=entry.opdracht,
                    referentie=entry.referentie,
                ),
            )
            for record, entry in zip(stored, entries, strict=True)
        ]
        self.session.recorded(key, lines)
        return [entry for _, entry in lines]

    def _answered(self, before: StoredCommand) -> Antwoord:
        """The answer a command had, from what was recorded of it."""
        last = before.last_position
        entry = self.session.entry(last)
        if entry is None or entry.beslissing.bon is None:
            raise Broken("a command points at a line that is no decision", position=last)
        library = self.library(self.session.configuration(), self.regelingen)
        rules = tuple(library.op_hash[digest] for digest in entry.beslissing.bon.regelingen)
        return self._answer(entry, rules)

    def _answer(self, entry: Boeking, regulations: Iterable[Regeling]) -> Antwoord:
        said = Uitspraak(entry.feit, entry.beslissing)
        return Antwoord(
            **formed_by(said, regulations, self.session.behind(entry.feit)),
            beslissing=f"{self.grootboek}/{entry.positie}",
            positie=entry.positie,
            geregistreerd_op=entry.geregistreerd_op,
        )


def _is_youth(key: str | None) -> bool:
    return key is not None and key.startswith("jeugdige/")
