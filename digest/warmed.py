"""Loads what every article needs, as it is imported: by the server that makes copies of itself for ``workers``.

What is loaded there is loaded in every copy; otherwise each would take a third of a second for it.
"""

from digest import articles

articles.analyse_text("“The quay holds,” said the harbour master.", "warm")
