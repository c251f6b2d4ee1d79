import os
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

__version__: str

class Model:
    classes_: NDArray[Any]
    feature_names_in_: NDArray[np.object_]
    n_features_in_: int
    threshold_: float
    target_: str
    prediction_point_: str
    model_id_: str

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Model: ...
    @classmethod
    def from_bytes(cls, content: bytes) -> Model: ...
    def describe(self) -> str: ...
    def predict_proba(
        self, X: ArrayLike | Mapping[str, Sequence[Any]] | Sequence[Mapping[str, Any]] | Any
    ) -> NDArray[np.float64]: ...
    def predict(
        self, X: ArrayLike | Mapping[str, Sequence[Any]] | Sequence[Mapping[str, Any]] | Any
    ) -> NDArray[Any]: ...
    def to_onnx(self) -> bytes: ...
    def save(self, path: str | os.PathLike[str]) -> None: ...
