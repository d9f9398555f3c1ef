"""How news travels: outbox, relay, log, consumer. Each service keeps its own tables for it."""
