"""How good the program is on articles in which people marked who says what."""
