"""Where Kafka is and how it is spoken to, from the surroundings: what VIERSPAN_KAFKA is set to in the service form."""

import os
from pathlib import Path
from typing import Any

from coordination.service import environment

PROTOCOLS = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
MECHANISMS = ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")
NUMBERS = {"partitions": 6, "replication": 3, "session_seconds": 10, "portion_seconds": 60}


def kafka() -> dict[str, Any]:
    """The brokers of this house. Raises MissingSetting that tells everything that is wrong at once."""
    given = {
        "bootstrap_servers": os.environ.get("KAFKA_BOOTSTRAP_SERVERS", ""),
        "prefix": os.environ.get("KAFKA_PREFIX", ""),
        "security_protocol": os.environ.get("KAFKA_SECURITY_PROTOCOL") or "PLAINTEXT",
        "sasl_mechanism": os.environ.get("KAFKA_SASL_MECHANISM", ""),
        "sasl_username": os.environ.get("KAFKA_SASL_USERNAME", ""),
        "sasl_password": os.environ.get("KAFKA_SASL_PASSWORD_FILE", ""),
        "ssl_cafile": os.environ.get("KAFKA_SSL_CAFILE", ""),
        "ssl_certfile": os.environ.get("KAFKA_SSL_CERTFILE", ""),
        "ssl_keyfile": os.environ.get("KAFKA_SSL_KEYFILE", ""),
    }
    numbers, wrong = {}, _wrong(given)
    for name, default in NUMBERS.items():
        try:
            numbers[name] = environment.number(f"KAFKA_{name.upper()}", default)
        except environment.MissingSetting as reason:
            wrong.append(str(reason))
            continue
        if numbers[name] < 1:
            wrong.append(f"KAFKA_{name.upper()} moet 1 of meer zijn.")
    if wrong:
        raise environment.MissingSetting("\n".join(wrong))
    if given["sasl_password"]:
        given["sasl_password"] = Path(given["sasl_password"]).read_text(encoding="utf-8").strip()
    return given | numbers


def _wrong(given: dict[str, str]) -> list[str]:
    wrong = []
    if not given["bootstrap_servers"]:
        wrong.append("Zet de omgevingsvariabele KAFKA_BOOTSTRAP_SERVERS.")
    protocol = given["security_protocol"]
    if protocol not in PROTOCOLS:
        wrong.append(f"KAFKA_SECURITY_PROTOCOL moet een van deze zijn: {', '.join(PROTOCOLS)}.")
    if protocol.startswith("SASL"):
        if given["sasl_mechanism"] not in MECHANISMS:
            wrong.append(f"KAFKA_SASL_MECHANISM moet een van deze zijn: {', '.join(MECHANISMS)}.")
        if not given["sasl_username"]:
            wrong.append("Zet de omgevingsvariabele KAFKA_SASL_USERNAME.")
        if not given["sasl_password"]:
            wrong.append("Zet de omgevingsvariabele KAFKA_SASL_PASSWORD_FILE: het bestand met het wachtwoord.")
    files = {
        "KAFKA_SASL_PASSWORD_FILE": given["sasl_password"],
        "KAFKA_SSL_CAFILE": given["ssl_cafile"],
        "KAFKA_SSL_CERTFILE": given["ssl_certfile"],
        "KAFKA_SSL_KEYFILE": given["ssl_keyfile"],
    }
    unreadable = [name for name, place in files.items() if place and not os.access(place, os.R_OK)]
    return wrong + [f"{name} noemt {files[name]}, en dat bestand is niet te lezen." for name in unreadable]
