"""Rules about who the jeugdige and the provider are."""

from attrs import frozen

from rekenschap.domain.identifiers import Product
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.zaak import AFGEGEVEN, Regelsoort, Zaak, regelsoort


@regelsoort("regio_van_jeugdige", 1, AFGEGEVEN)
@frozen(kw_only=True)
class RegioVanJeugdige(Regelsoort):
    """The jeugdige lives in one of these regions."""

    leest_persoon = frozenset({"regio"})

    regios: frozenset[str]

    def judge(self, zaak: Zaak) -> Bevinding | None:
        lives_in = zaak.persoon.get("regio")
        if lives_in is None:
            return zwijgt("regio")
        known = {one.casefold() for one in self.regios}
        return VOLDOET if lives_in.casefold() in known else breuk(regio_is_een_van=False)


@regelsoort("contract_vereist", 1, AFGEGEVEN)
@frozen(kw_only=True)
class ContractVereist(Regelsoort):
    """The provider has a contract for at least one of these products."""

    leest_contract = True

    een_van: frozenset[Product]

    def judge(self, zaak: Zaak) -> Bevinding | None:
        provider = zaak.toewijzing.aanbieder
        agreed = zaak.contracten.get(provider) if provider is not None else None
        if agreed is None:
            return zwijgt("contract")
        if self.een_van.intersection(agreed.contracten):
            return VOLDOET
        return breuk(contract_voor=tuple(sorted(self.een_van)))
