"""Live: after a commit, a notice of what changed; the browser then asks again."""
