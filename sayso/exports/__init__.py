"""What a desk gives to other programs, each format in one module."""
