"""WebSocket: a layer between a transport and a conversation that knows nothing of it. RFC 6455."""
