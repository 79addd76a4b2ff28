"""What the words mean: pure code, no network, no database, no clock."""
