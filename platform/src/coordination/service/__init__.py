"""How a service is put together: environment, settings blocks, router, addresses, command."""
