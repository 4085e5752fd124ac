"""Writers of the editions; none of them knows another."""
