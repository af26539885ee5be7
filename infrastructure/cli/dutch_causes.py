"""Why a store cannot be used or evidence does not verify, in Dutch; and whether waiting helps."""

import re
from typing import Final

from rekenschap.application import Broken, Onbeschikbaar
from rekenschap.infrastructure.cli.dutch import said

_CAUSES: Final[tuple[tuple[str, str], ...]] = (
    (r"the clock runs (\S+) s behind .*", r"de klok loopt \1 s achter op de laatste regel"),
    (r"every connection to the store is in use", "alle verbindingen zijn bezet"),
    (r"the store is busy, full or cannot be reached \((.*)\)", r"bezet, vol of onbereikbaar (\1)"),
    (
        r"the database is at revision (\S+) and this program needs (\S+): .*",
        r"de tabellen zijn op revisie \1, nodig is \2: laat de eigenaar rekenschap migreer draaien",
    ),
    (
        r"the user of the database may not do this \((.*)\)",
        r"de gebruiker van de database mag dit niet (\1)",
    ),
    (r"this server follows another .*", "deze server volgt een andere en wordt alleen gelezen"),
    (r"what was recorded here is gone: .*", "de server is deze regel kwijt, of is een andere"),
    (
        r"the grootboek was used while it moved: nothing moved",
        "het werd intussen gebruikt en is niet verhuisd: zet eerst stil wat het opent",
    ),
    (r"another unit of work of this process does not end", "een ander verzoek houdt het bezet"),
    (r"the database( file)? is damaged.*", "de database is beschadigd"),
    (r"the log ends before its head", "er ontbreken regels aan het eind"),
    (r"a line stands beyond the head", "er staat een regel voorbij het eind"),
    (r"found position (\d+) here", r"hier staat positie \1"),
    (r"the stored hash is not the hash of this line", "de hash past niet bij deze regel"),
    (r"recorded no later than the line before it", "niet later vastgelegd dan de regel ervoor"),
    (r"(\d+) lines stand where the head says (\d+)", r"er staan \1 regels in plaats van \2"),
    (r"the head has another (hash|moment) than .*", "het eind past niet bij de laatste regel"),
    (r"a line has no moment that can be read", "het moment van een regel is niet te lezen"),
    (r"the head has no moment that can be read", "het moment van het eind is niet te lezen"),
    (r"the head of grootboek '(.*)' cannot be read", r"het eind van '\1' is niet te lezen"),
    (r"grootboek '(.*)' has lost its head", r"van grootboek '\1' is het eind weg"),
    (r"the vault holds persons, but .*", "de controlewaarde van de sleutel is weg uit de kluis"),
    (r".* is not the value that was committed to", "een waarde in de kluis is veranderd"),
    (r".* does not decrypt: .*", "een waarde in de kluis is met deze sleutel niet te lezen"),
    (r"a command points at a line that is no decision", "een opdracht wijst naar geen beslissing"),
    (r"a line of the audit trail is not in the log", "een regel van het spoor is er niet"),
    (r"this line has no receipt", "bij deze regel is geen bon vastgelegd"),
    (r"there is no line here", "hier staat geen regel"),
    (r"the command of this line is not known", "van deze regel is de opdracht niet bekend"),
    (r"cannot be read \(.*\)", "niet te lezen"),
    (r"there is no line here", "hier ontbreekt een regel"),
    (
        r"this is grootboek (\S+), and the checkpoint of \d+ lines is of ([^:]+): .*",
        r"het controlepunt is van \2, dit grootboek is \1: een van beide is verwisseld",
    ),
    (
        r"this is not the log of the checkpoint of (\d+) lines: .*",
        r"dit is niet het log van het controlepunt van \1 regels",
    ),
    (
        r"the log ends after (\d+) lines, and a checkpoint stands for (\d+)",
        r"het log houdt op na \1 regels, en een controlepunt heeft er \2",
    ),
    (
        r"the checkpoint of (\d+) lines contradicts itself.*",
        r"het controlepunt van \1 regels spreekt zichzelf tegen",
    ),
    (
        r"(?:the export|the proof|the tables|a checkpoint) cannot be .* \((.*)\)",
        r"schrijven lukt niet: \1",
    ),
    (r"the copy ends before the end that was noted", "de kopie houdt op voor de genoteerde kop"),
    (r"the line is another one than the end .*", "deze regel is een andere dan de genoteerde kop"),
    (r"the copy cannot be made \((.*)\)", r"de kopie kan niet worden gemaakt (\1)"),
    (
        r"the register of erasures cannot be used.*",
        "het register is niet te gebruiken",
    ),
    (r"line (\d+) of the register of erasures .*", r"regel \1 van het register is niet te lezen"),
    (r"a worker ended before its part was done", "een proces hield op voor het klaar was"),
    (r"a worker of the cluster was lost .*", "een werker van het cluster is weggevallen"),
    (r"the cluster (has no workers|does not answer)", "het cluster antwoordt niet"),
    (r"a worker is (\S+), and who asks is (\S+)", r"een werker is \1, en hier draait \2"),
    (r"what was read cannot be logged.*", "wat is gelezen, kan niet in het leeslog komen"),
    (
        r"another rebuild of this grootboek is going on, and has come to position (\d+)",
        r"een andere rebuild van dit grootboek is bezig, nu bij positie \1",
    ),
    (
        r"another rebuild of this grootboek took the place of this one",
        "een andere rebuild van dit grootboek is hiervoor in de plaats gekomen",
    ),
)


def cause_words(error: Broken | Onbeschikbaar) -> str:
    """Why evidence does not verify, or the store cannot be used."""
    position = getattr(error, "position", None)
    return said(str(error).removeprefix(f"position {position}: "), _CAUSES)


_LASTING: Final = re.compile(
    r"the database is at revision .*|the user of the database may not .*|this server follows .*"
    r"|(the export|the proof|the tables|a checkpoint|the copy) cannot be .*|a worker is .*"
    r"|the grootboek was used while .*|the register of erasures cannot be used.*"
    r"|line \d+ of the register .*",
    re.DOTALL,
)


def waiting_helps(error: Onbeschikbaar) -> bool:
    """Whether asking again later can go better without anybody having done something about it."""
    return _LASTING.fullmatch(str(error)) is None
