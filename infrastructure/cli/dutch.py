"""What the errors of the ledger say, in Dutch: hosts read English, people at a screen do not."""

import re
from datetime import date
from typing import Final

from rekenschap.application import Incorrect

_ALLOWED: Final[tuple[tuple[str, str], ...]] = (
    (r"one of (.*), or a YAML file that exists", r"een van \1, of een YAML-bestand dat er is"),
    (r"one of (.*)", r"een van \1"),
    (r"a grootboek of this database: (.*)", r"een grootboek van deze database: \1"),
    (r"a database without a grootboek of that name: .*", "een andere --database: het is er al"),
    (
        r"another key: the vault is under this one already",
        "een andere sleutel: de kluis is al van deze",
    ),
    (
        r"a database without this grootboek: it is there already",
        "een database waar dit grootboek nog niet in staat",
    ),
    (
        r"a database that stays: a file or a server",
        "een database die blijft: een bestand of server",
    ),
    (r"the file of a database that exists", "het bestand van een database die er is"),
    (r"the name of a file in a folder that exists", "de naam van een bestand in een map die er is"),
    (r"a database whose driver is installed: (.*)", r"een database met stuurprogramma: \1"),
    (r"the URL of a database", "de URL van een database"),
    (
        r"(sqlite:.*) \(in memory\) or (postgresql:\S+database)(; mind the three slashes.*)?",
        r"\1 (in het geheugen) of \2; let op de drie schuine strepen voor de naam van een bestand",
    ),
    (
        r"a folder with nothing but a demo in it \(it also holds (.*)\): .*",
        r"een map met alleen een demo erin (nu ook: \1); verplaats dat, of geef --keep",
    ),
    (r"an SQLite file; of PostgreSQL .*", "een SQLite-bestand; gebruik voor PostgreSQL pg_dump"),
    (r"the name of a file that is not there yet", "de naam van een bestand dat er nog niet is"),
    (r"the file of a copy made by .*", "het bestand van een kopie, gemaakt met rekenschap backup"),
    (r"your id, a colon and your role", "uw kenmerk, een dubbele punt en uw rol"),
    (
        r"a revision this program knows, up to (\S+): .*",
        r"een revisie die dit programma kent, tot en met \1; gebruik een nieuwer programma",
    ),
    (r"a PostgreSQL server: a file has no roles", "een PostgreSQL-server"),
    (
        r"at most 63 lower-case letters, digits and underscores; .*",
        "hooguit 63 kleine letters, cijfers en lage streepjes, niet te beginnen met pg_",
    ),
    (r"another role than the one that writes", "een andere rol dan die van de schrijver"),
    (
        r"a role that does not own the tables and is no superuser",
        "een rol die niet de eigenaar van de tabellen is, en ook niet alles mag",
    ),
    (r"a database with a grootboek in it", "een database met een grootboek erin"),
    (
        r"the key file this database was made with: put.*",
        "het sleutelbestand van deze database: zet het daar neer, of geef --sleutel",
    ),
    (
        r"a register whose erasures a beheerder may record again \((.*)\)",
        r"een register waarvan een beheerder de wissingen opnieuw mag vastleggen (\1)",
    ),
    (
        r"the path of a file in a folder that exists",
        "de naam van een bestand in een map die er is",
    ),
    (r"exactly (\d+) random bytes", r"precies \1 willekeurige bytes"),
    (r"a key file of exactly (\d+) bytes", r"een sleutelbestand van precies \1 bytes"),
    (r"the path of a key file that can be read .*", "een sleutelbestand dat te lezen is"),
    (r"a place where a key file can be made .*", "een plaats waar een sleutelbestand kan komen"),
    (r"(\d+) random bytes or the path of a key file.*", "een sleutelbestand: geef --sleutel"),
    (
        r"the key file this database was made with, and it is gone.*",
        "het sleutelbestand van deze database, en dat is weg: haal het terug, of geef --sleutel",
    ),
    (
        r"the key that the vault of this grootboek.*",
        "de sleutel van dit grootboek; dit is een andere",
    ),
    (r"a product of ([^:]*): (.*)", r"een product van \1: \2"),
    (r"a product of (\S+) or (\S+)", r"een product van \1 of \2"),
    (r"a product of (.*)", r"een product van \1"),
    (r"a rule of (.*)", r"een regel van \1"),
    (
        r"a regeling of the grootboek \((.*)\), or one of (.*)",
        r"een regeling van dit grootboek (\1), een van \2, een YAML-bestand of een dag",
    ),
    (r"a regeling; house rules stay .*", "een regeling; huisregels blijven wat ze zijn"),
    (r"nothing: it has none", "niets: deze regel heeft geen getallen"),
    (r"fewer rules: at least one must be left", "minder regels: er moet er een overblijven"),
    (r"a list of products of the regeling", "een lijst van producten van de regeling (A,B of A,)"),
    (r"a list of days", "een lijst van dagen (2026-01-01,2026-12-25)"),
    (r"the beslissing of an answer, (\S+) up to (\S+)", r"een beslissing van \1 tot en met \2"),
    (r"at most one of jeugdige, .*", "ten hoogste een van jeugdige, toewijzing en aanbieder"),
    (r"the name of a file ending in .html or .pdf", "een bestand dat eindigt op .html of .pdf"),
    (
        r"a file that can be written \(.*\)",
        "een bestand waar geschreven mag worden, in een map die er is",
    ),
    (r"a decision that is on record", "een beslissing die hier is vastgelegd"),
    (r"either a jeugdige or a beslissing", "een jeugdige of een beslissing"),
    (r"a YAML file that can be read", "een YAML-bestand dat te lezen is"),
    (r"YAML without errors", "YAML zonder fouten"),
    (r"a map with the key '(.*)'", r"een lijst van sleutels met '\1' erin"),
    (r"a regeling: introduce one .*", "een regeling; in dit grootboek is er nog geen ingevoerd"),
    (r"the name of a regeling, or its YAML", "de naam van een regeling, of haar YAML"),
    (r"canonical JSON of a regeling", "de vastgelegde tekst van een regeling"),
    (r"a value: the key is missing", "een waarde: de sleutel ontbreekt"),
    (r"no such key here", "een sleutel die hier hoort: deze niet"),
    (r"a list", "een lijst"),
    (r"a map", "sleutels met waarden"),
    (r"text", "tekst"),
    (r"a value", "een waarde"),
    (r"a number", "een getal"),
    (r"a whole number", "een geheel getal"),
    (r"a whole number, or None", "een geheel getal, of niets"),
    (r"a (whole )?number that is not negative", "een getal dat niet negatief is"),
    (r"a price that is not negative", "een prijs die niet negatief is"),
    (r"true or false|True or False", "true of false"),
    (r"text, a whole number, true, false or null", "tekst, een geheel getal, true, false of null"),
    (r"a day, JJJJ-MM-DD|a day \(a date without a time\)", "een dag, JJJJ-MM-DD"),
    (r"a day, or None", "een dag, of niets"),
    (r"a day not before (.*)", r"een dag niet voor \1"),
    (r"a date from (\S+) to (\S+)", r"een dag van \1 tot en met \2"),
    (
        r"a (moment|datetime) .*exists in Amsterdam.*",
        "een moment van 1900 tot en met 2199 dat in Amsterdam bestaat (2026-09-30T17:30)",
    ),
    (
        r"a position from 0 up to the last one, .*the last position is (\d+)\)",
        r"een positie van 0 tot en met \1, een moment of een dag",
    ),
    (r"a productgroep: (.*)", r"een productgroep: \1"),
    (r"an option of this regeling|options of this regeling", "een optie van deze regeling"),
    (r"products of this regeling", "producten van deze regeling"),
    (r"events this kind judges: (.*)", r"gebeurtenissen die deze regelsoort toetst: \1"),
    (r"a known rule kind: (.*)", r"een bekende regelsoort: \1"),
    (r"each rule id once", "elk regelnummer één keer"),
    (r"at least one source: .*", "ten minste één bron: zonder bron geldt een regel niet"),
    (r"either toepassingen, or niet_getoetst .*", "toepassingen, of niet_getoetst met de reden"),
    (r"1 to 64 letters, digits, (.*) or '-', starting .*", r"1 tot 64 letters, cijfers, \1 of '-'"),
    (
        r"a product key: 1 to 64 letters, digits, (.*) or '-'",
        r"1 tot 64 letters, cijfers, \1 of '-'",
    ),
    (r"a toewijzing that was ever reported", "een toewijzing die hier ooit is gemeld"),
    (r"a jeugdige that is known here", "een jeugdige die hier bekend is"),
    (r"a toewijzing or jeugdige that is known", "een toewijzing of jeugdige die bekend is"),
    (r"what the page before gave as verder", "wat onder de vorige bladzijde stond"),
    (r"(\d+) to ([\d_]+)", r"\1 tot en met \2"),
    (
        r"where it is logged that persons are read: .*",
        "een plaats waar staat wie van wie las: noem de primaire database (REKENSCHAP_PRIMAIR)",
    ),
    (r"one that was opened to be written, .*", "een database die geschreven mag worden"),
    (
        r"the path of a file for the tables: .*",
        "een bestand voor eigen standen (REKENSCHAP_STANDEN): hier wordt alleen gelezen",
    ),
    (r"the URL of the database that this .*", "de database waarvan deze een kopie is"),
    (r"a file for the tables of this .*", "een bestand met standen van dit grootboek"),
    (r"the path of a file of its own, .*", "een eigen bestand, in een map die er is"),
    (r"Unicode text", "tekst die in Unicode past"),
    (r"a file with at least one checkpoint", "een bestand met ten minste één controlepunt"),
    (r"a file with checkpoints that can be read", "een bestand met controlepunten dat er is"),
    (r"a file with a checkpoint that has this line.*", "een controlepunt van op of na die regel"),
    (r"a checkpoint of 4 or 5 lines: .*", "de tekst van een controlepunt, ongewijzigd"),
    (r"a checkpoint of at most (\d+) lines", r"een controlepunt van ten hoogste \1 regels"),
    (r"a folder that does not exist yet, or an empty one", "een map die er niet is, of leeg is"),
    (
        r"a folder that does not exist yet, in one .*",
        "een map die er nog niet is, in een map waar geschreven mag worden",
    ),
    (r"a file that does not exist yet", "een bestand dat er nog niet is"),
    (r"a position from (\d+) up to the last one, (\d+)", r"een positie van \1 tot en met \2"),
    (r"a position from (\d+) to (\d+)", r"een positie van \1 tot en met \2"),
    (r"the reference of a decision of .*: (.*)/ and a position", r"\1/ met een positie erachter"),
    (r"a number of processes[,;].*", "een aantal processen; 0 is één per kern"),
    (r"1: a grootboek in memory .*", "1: een grootboek in het geheugen ziet alleen dit proces"),
    (r"None, with werkers: .*", "niets: met werkers wordt het hele grootboek opnieuw gedaan"),
    (r"a Dask cluster, once .*", "Dask: installeer het met pip install rekenschap[cluster]"),
    (r"the address of a scheduler, (.*)", r"het adres van een scheduler, \1"),
    (r"the path of a key file that every .*", "een sleutelbestand dat op elke machine staat"),
    (r"tables, once Arrow is .*", "Arrow: installeer het met pip install rekenschap[arrow]"),
    (r"a file that does not exist yet, unless .*", "een bestand dat er niet is, of --overschrijf"),
    (r"a folder, or a place where one .*", "een map, of een plaats waar een map kan komen"),
    (r"None, with alle_standen: .*", "niets: met --alle-standen is het elke dag"),
    (r"a database file that this worker .*", "een databasebestand dat elke werker kan lezen"),
    (r"a name: text that can be written, without NUL", "een naam: schrijfbare tekst, zonder NUL"),
)
"""What is allowed, as the errors say it, and how that is said in Dutch; the first that fits."""

_VALUES: Final = {"(not shown)": "(niet getoond)", "None": "niets"}
_NAMES: Final = {"url": "database", "folder": "map"}


def incorrect_words(error: Incorrect) -> str:
    """What is wrong and what is needed, without a full stop."""
    rest = f" is not allowed; allowed is {error.allowed}"
    value = str(error).removeprefix(f"{error.field}: ").removesuffix(rest)
    name = _NAMES.get(error.field, error.field)
    value = _VALUES.get(value, value)
    value = error.value.isoformat() if isinstance(error.value, date) else value
    return f"{name}: {value} past hier niet; nodig is {allowed_words(error.allowed)}"


def allowed_words(allowed: str) -> str:
    """What is allowed; what has no Dutch is quoted, so that nobody takes it for a sentence."""
    return said(allowed, _ALLOWED)


def said(text: str, table: tuple[tuple[str, str], ...]) -> str:
    """A text by the first pattern that fits it; quoted when none does."""
    for pattern, dutch in table:
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found is not None:
            return found.expand(dutch).replace("there is none in it", "er is er geen")
    return f"“{text}”"
