"""A name server of a few lines: every name leads to the same addresses, as a container engine tells of replicas."""

import socket
import struct
import threading
from collections.abc import Sequence


class Names:
    """Answers questions for addresses on a free port of this machine until closed."""

    def __init__(self, *addresses: str) -> None:
        self._addresses = addresses
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.place = f"127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Answer no more."""
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                asked, who = self._socket.recvfrom(512)
                self._socket.sendto(_answer(asked, self._addresses), who)
            except OSError:
                return


def _answer(asked: bytes, addresses: Sequence[str]) -> bytes:
    # The question as it came, then one record for each address that points back at the name in it.
    end = asked.index(b"\0", 12) + 5
    head = asked[:2] + struct.pack(">HHHHH", 0x8180, 1, len(addresses), 0, 0)
    records = b"".join(struct.pack(">HHHIH", 0xC00C, 1, 1, 1, 4) + socket.inet_aton(address) for address in addresses)
    return head + asked[12:end] + records
