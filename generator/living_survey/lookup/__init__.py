"""What other people's services say of a paper: the only code that talks to the network, and never during a build."""
