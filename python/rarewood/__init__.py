"""rarewood: predict rare events from tables.

This package loads models that ``rarewood train`` has saved and scores tables with them. It needs
to be importable wherever a pickled model (``classification_model.pkl``) is loaded.
"""

from rarewood._model import Model, __version__

__all__ = ["Model", "__version__"]
