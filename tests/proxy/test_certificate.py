"""The certificate for trying out: made once, for the host of the house, and never in the place of one that is there."""

import stat
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from tests.proxy.conftest import make_certificate


@pytest.mark.parametrize(
    ("url", "named"),
    [("https://vierspan.example:8443", x509.DNSName("vierspan.example")), ("https://127.0.0.1", None)],
)
def test_it_is_for_the_host_of_the_house_and_its_key_for_its_owner(tmp_path, url, named):
    assert make_certificate(tmp_path, url).returncode == 0
    made = x509.load_pem_x509_certificate((tmp_path / "certificate.pem").read_bytes())
    names = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(name.value) for name in names] == [named.value if named else "127.0.0.1"]
    assert timedelta(days=300) < made.not_valid_after_utc - datetime.now(UTC) < timedelta(days=398)
    assert stat.S_IMODE((tmp_path / "key.pem").stat().st_mode) == 0o600


def test_what_is_there_stays(tmp_path):
    for name in ("certificate.pem", "key.pem"):
        (tmp_path / name).write_text("ours")
    assert make_certificate(tmp_path, "https://a.example").returncode == 0
    assert (tmp_path / "key.pem").read_text() == (tmp_path / "certificate.pem").read_text() == "ours"


def test_half_a_pair_is_no_reason_to_make_another(tmp_path):
    (tmp_path / "certificate.pem").write_text("ours")
    answer = make_certificate(tmp_path, "https://a.example")
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr and "key.pem" in answer.stderr
