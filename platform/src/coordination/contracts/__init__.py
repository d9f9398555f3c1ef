"""What is said between services: plain Python, no framework."""
