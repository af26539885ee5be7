"""The command line: ``rekenschap``. One module per family of commands."""

import click

from rekenschap.infrastructure.cli.achterstand import achterstand
from rekenschap.infrastructure.cli.backup import backup, herstel
from rekenschap.infrastructure.cli.bewijs import bewijs, controlepunt, export
from rekenschap.infrastructure.cli.bezwaren import bezwaren
from rekenschap.infrastructure.cli.demo import demo
from rekenschap.infrastructure.cli.dossier import dossier
from rekenschap.infrastructure.cli.errors import Commands
from rekenschap.infrastructure.cli.gezondheid import gezondheid
from rekenschap.infrastructure.cli.hersleutel import hersleutel
from rekenschap.infrastructure.cli.herspeel import herspeel
from rekenschap.infrastructure.cli.leeslog import leeslog
from rekenschap.infrastructure.cli.migreer import migreer
from rekenschap.infrastructure.cli.nareken import nareken
from rekenschap.infrastructure.cli.parquet import parquet
from rekenschap.infrastructure.cli.rebuild import rebuild
from rekenschap.infrastructure.cli.regels import regels
from rekenschap.infrastructure.cli.reproduceer import reproduceer
from rekenschap.infrastructure.cli.rollen import rollen
from rekenschap.infrastructure.cli.scenario import scenario
from rekenschap.infrastructure.cli.spoor import spoor
from rekenschap.infrastructure.cli.stand import stand
from rekenschap.infrastructure.cli.uitleg import uitleg
from rekenschap.infrastructure.cli.vergelijk import vergelijk
from rekenschap.infrastructure.cli.verhuis import verhuis
from rekenschap.infrastructure.cli.verify import verify
from rekenschap.infrastructure.cli.verschil import verschil
from rekenschap.infrastructure.cli.werklijst import werklijst


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rekenschap")
def main() -> None:
    """The ledger of youth-care allocations: it decides, records why, and can be asked later.

    \b
    Try this first:
      rekenschap regels                     which regelingen come with the package
      rekenschap regels twente-2025         every rule, with its source
      rekenschap uitleg -r twente-2025 -p PRODUCT
                                            what holds for a product, and why
      rekenschap scenario run cases.yaml    play cases against a throw-away ledger

    Exit status: 0 all is well, 1 a case fails or evidence does not verify, 2 the input is not
    right, 3 the store cannot be reached.
    """


main.add_command(scenario)
main.add_command(regels)
main.add_command(verify)
main.add_command(demo)
main.add_command(stand)
main.add_command(spoor)
main.add_command(uitleg)
main.add_command(vergelijk)
main.add_command(rebuild)
main.add_command(nareken)
main.add_command(werklijst)
main.add_command(verschil)
main.add_command(bezwaren)
main.add_command(dossier)
main.add_command(reproduceer)
main.add_command(herspeel)
main.add_command(controlepunt)
main.add_command(bewijs)
main.add_command(export)
main.add_command(gezondheid)
main.add_command(parquet)
main.add_command(leeslog)
main.add_command(achterstand)
main.add_command(backup)
main.add_command(herstel)
main.add_command(migreer)
main.add_command(rollen)
main.add_command(verhuis)
main.add_command(hersleutel)

__all__ = ["main"]
