"""Runs every benchmark and prints its table."""

from bench import live_latency, log_throughput

if __name__ == "__main__":
    log_throughput.show()
    live_latency.show()
