"""What a house says on the console when it is there: where, and who can sign in to its example world."""

SHOWN = (
    "beleid@merenstad.example",
    "budget@merenstad.example",
    "raad@merenstad.example",
    "school-90aa@merenstad.example",
    "partner-welzijn-polderlicht@merenstad.example",
    "beheer@vierspan.example",
)


def where(address: str) -> str:
    """Where it is found."""
    return f"Vierspan draait op {address}"


def accounts(password: str) -> str:
    """Some accounts of each role, and the password they share."""
    return "\n".join(
        [
            "Voorbeeldwereld: het is hier 14 januari 2025. Accounts, allemaal met hetzelfde wachtwoord:",
            "",
            *[f"  {address}" for address in SHOWN],
            "  (ook @dijkermond.example, @heidehoek.example en @columba.example; elke school heeft een account)",
            "",
            f"  wachtwoord: {password}",
            "",
        ]
    )
