"""The encoder, the reader network and the pair model, with their weights; imported late."""
