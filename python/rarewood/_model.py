"""The class Model: a trained classifier as Python sees it."""

import hashlib
import os
import warnings

import numpy as np

from rarewood._tables import as_table  # first: brings the Arrow libraries that _core is linked to
from rarewood import _core

__version__ = _core.version


class Model:
    """A trained classifier of two classes.

    Made by ``rarewood train``; get one with `Model.load`, or with `pickle.load` or `joblib.load`
    from a ``.pkl`` file. Scores and labels are those of ``rarewood score``, value by value. A model
    is never changed after loading and may be used by several threads at once.

    Attributes
    ----------
    classes_ : ndarray of shape (2,)
        The two labels as the training table had them, the negative one first: integers, numbers or
        booleans where the labels read as such, else text.
    feature_names_in_ : ndarray of shape (n_features_in_,)
        The columns the model needs, by name.
    n_features_in_ : int
        How many these are.
    threshold_ : float
        The probability from which on a row is labelled positive.
    target_ : str
        The column that is predicted.
    model_id_ : str
        Names the model by its content: the first 16 hex digits of the SHA-256 of its ONNX bytes,
        the same of ``.onnx`` and ``.pkl``, and the ``model_id`` of the run that made it.
    prediction_point_ : str
        The moment of the predictions, such as ``"10min"`` into a session; empty if none was stated.

    See Also
    --------
    onnxruntime.InferenceSession : runs the same model without this package (see `to_onnx`).

    Examples
    --------
    >>> import rarewood
    >>> model = rarewood.Model.load("models/classification_model.pkl")  # doctest: +SKIP
    >>> model.predict_proba(sessions)[:, 1]  # doctest: +SKIP
    array([0.0123, 0.3381])
    """

    def __init__(self):
        raise TypeError("A Model is not made but loaded: use rarewood.Model.load(path).")

    @classmethod
    def load(cls, path):
        """Load a model file, ``.onnx`` or ``.pkl``, told apart by content.

        Nothing in the file is executed, so this is safe for files of unknown origin, which
        `pickle.load` is not.

        Parameters
        ----------
        path : str or path-like
            A local file.

        Returns
        -------
        Model

        Raises
        ------
        OSError
            If the file cannot be read.
        ValueError
            If it is not a whole, undamaged model of rarewood.
        """
        with open(path, "rb") as file:
            return cls._of(file.read(), os.fspath(path))

    @classmethod
    def from_bytes(cls, content):
        """Make a model from the bytes of a model file of either kind.

        Parameters
        ----------
        content : bytes

        Returns
        -------
        Model

        Raises
        ------
        ValueError
            If they are not a whole, undamaged model of rarewood.
        """
        return cls._of(content, "The model")

    @classmethod
    def _of(cls, content, name):
        model = cls.__new__(cls)
        model._take(content, name)
        return model

    def _take(self, content, name):
        self._loaded = _core.LoadedModel(content, name)
        self.classes_ = _classes(self._loaded.labels)
        self.feature_names_in_ = np.array(self._loaded.feature_names, dtype=object)
        self.n_features_in_ = len(self.feature_names_in_)
        self.threshold_ = self._loaded.threshold
        self.target_ = self._loaded.target
        self.prediction_point_ = self._loaded.prediction_point

    @property
    def model_id_(self):
        return hashlib.sha256(self._loaded.onnx()).hexdigest()[:16]

    def __getstate__(self):
        return {"onnx": self._loaded.onnx(), "format": 1}

    def __setstate__(self, state):
        self._take(state["onnx"], "The pickled model")

    def __sklearn_tags__(self):
        # Imported here, as scikit-learn is not needed to score.
        from sklearn.utils import ClassifierTags, InputTags, Tags, TargetTags

        return Tags(
            estimator_type="classifier",
            target_tags=TargetTags(required=True),
            classifier_tags=ClassifierTags(multi_class=False),
            input_tags=InputTags(allow_nan=True, categorical=True, string=True),
            requires_fit=False,
        )

    def __repr__(self):
        columns = f"{self.n_features_in_} column{'' if self.n_features_in_ == 1 else 's'}"
        return f"<rarewood.Model of {self.target_} from {columns}>"

    def describe(self):
        """Say in one paragraph what the model predicts, from what, how, and where it came from.

        Returns
        -------
        str
        """
        return self._loaded.description

    def predict_proba(self, X):
        """Probabilities of the two classes, calibrated on rows the model had not seen.

        Parameters
        ----------
        X : table of n_samples rows
            A pandas or polars DataFrame, a pyarrow Table, a dict of columns or a list of dicts:
            columns are found by name, and further ones are ignored. Or a 2-D array or a list of
            rows: columns in the order of `feature_names_in_`. None and NaN are missing values.

        Returns
        -------
        ndarray of shape (n_samples, 2)
            Columns in the order of `classes_`.

        Raises
        ------
        ValueError
            If a column is missing or holds values of another kind than the model was trained on.

        Warns
        -----
        UserWarning
            If categories are met that training never saw; they count as missing.
        """
        positive = self._score(X)[0].astype(np.float64)
        return np.column_stack([1 - positive, positive])

    def predict(self, X):
        """Labels, decided by the threshold that training chose.

        Parameters
        ----------
        X : table of n_samples rows
            As in `predict_proba`.

        Returns
        -------
        ndarray of shape (n_samples,)
            Elements of `classes_`.

        Raises
        ------
        ValueError
            As in `predict_proba`.
        """
        return self.classes_[self._score(X)[1]]

    def to_onnx(self):
        """The model as an ONNX file, which runs without rarewood in any ONNX run time.

        Returns
        -------
        bytes
        """
        return self._loaded.onnx()

    def save(self, path):
        """Write the model to a local file, whole or not at all.

        Parameters
        ----------
        path : str or path-like
            Ending in ``.onnx`` or ``.pkl``, which chooses the kind.

        Raises
        ------
        ValueError
            If it has another ending.
        OSError
            If it cannot be written.
        """
        path = os.fspath(path)
        content = self.to_onnx()
        if path.endswith(".pkl"):
            content = _core.to_pickle(content)
        elif not path.endswith(".onnx"):
            raise ValueError(f"{path} ends neither in .onnx nor in .pkl. Choose one of these.")
        _core.write_file(path, content)

    def _score(self, X):
        probability, label, unseen = self._loaded.score(as_table(X, self.feature_names_in_), "X")
        for sentence in unseen:
            warnings.warn(sentence, UserWarning, stacklevel=3)
        return probability, label


# Pickles name the class by this, whatever file it is written in.
Model.__module__ = "rarewood"


def _classes(labels):
    """The labels as what they read as: integers, numbers, booleans, or text."""
    if sorted(label.lower() for label in labels) == ["false", "true"]:
        return np.array([label.lower() == "true" for label in labels])
    for kind in (int, float):
        try:
            values = [kind(label) for label in labels]
        except ValueError:
            continue
        if [str(value) for value in values] == labels:
            return np.array(values)
    return np.array(labels, dtype=object)
