"""Impurity importance against scikit-learn's, for scikit-learn's own trees."""

import json
import subprocess

import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier


def make_table(rng, rows=600):
    x = np.column_stack([rng.random(rows), rng.integers(0, 5, rows), rng.random((rows, 3))])
    chance = np.clip(0.05 + 0.2 * (x[:, 1] > 2) + 0.2 * x[:, 0], 0, 1)
    return x, (rng.random(rows) < chance).astype(int)


def nodes_of(tree):
    return [
        {
            "feature": int(tree.feature[i]) if tree.children_left[i] >= 0 else -1,
            "value": float(tree.value[i, 0, 1] / tree.value[i, 0].sum()),
            "left": int(tree.children_left[i]),
            "right": int(tree.children_right[i]),
            "cover": float(tree.weighted_n_node_samples[i]),
        }
        for i in range(tree.node_count)
    ]


def our_importance(probe, forest):
    trees = [nodes_of(estimator.tree_) for estimator in forest.estimators_]
    text = json.dumps({"features": forest.n_features_in_, "trees": trees})
    done = subprocess.run([probe], input=text, capture_output=True, text=True, check=True)
    shares = json.loads(done.stdout)
    return [shares[str(f)] for f in range(forest.n_features_in_)]


@pytest.mark.parametrize("class_weight", [None, "balanced", "balanced_subsample"])
@pytest.mark.parametrize("max_depth", [1, 4, None])
def test_importance_is_scikit_learns(probe, class_weight, max_depth):
    x, y = make_table(np.random.default_rng(3))
    forest = RandomForestClassifier(
        20, max_depth=max_depth, class_weight=class_weight, random_state=1
    ).fit(x, y)
    ours = our_importance(probe("importance_probe"), forest)
    assert ours == pytest.approx(forest.feature_importances_, abs=1e-6)


def test_importance_of_trees_that_do_not_split_is_zero(probe):
    x, y = make_table(np.random.default_rng(4))
    forest = RandomForestClassifier(5, min_samples_split=1.0, min_samples_leaf=400, random_state=1)
    forest.fit(x, y)
    assert our_importance(probe("importance_probe"), forest) == [0] * 5
    assert forest.feature_importances_.tolist() == [0] * 5
