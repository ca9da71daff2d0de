"""Methods that answer on this machine: small models that ship in packages, and rules of our own."""
