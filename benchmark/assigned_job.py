"""The conversion job as it was assigned, in Python: the peer that benchmark/main_job.py times.

usage: assigned_job.py training_data.parquet model.pkl

pandas reads the table, scikit-learn splits it 80/20, imbalanced-learn applies SMOTE at 0.25 with
five neighbours, a balanced forest of 200 trees of depth 15 is fitted on all cores, judged on the
test part and dumped with joblib. Prints F1 and AUC as JSON.
"""

import json
import sys

import joblib
import pandas as pd
from imblearn.over_sampling import SMOTE
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import classification_report, f1_score, log_loss, roc_auc_score
from sklearn.model_selection import train_test_split


def main(table, model_path):
    rows = pd.read_parquet(table)
    X = rows.drop(columns=["is_ordered", "revenue"]).astype(float)
    y = rows["is_ordered"]
    X_train, X_test, y_train, y_test = train_test_split(
        X, y, test_size=0.2, random_state=42, stratify=y
    )
    X_fit, y_fit = SMOTE(sampling_strategy=0.25, k_neighbors=5, random_state=42).fit_resample(
        X_train, y_train
    )
    model = RandomForestClassifier(
        n_estimators=200,
        max_depth=15,
        min_samples_split=5,
        class_weight="balanced",
        random_state=42,
        n_jobs=-1,
    ).fit(X_fit, y_fit)
    probability = model.predict_proba(X_test)[:, 1]
    label = (probability >= 0.5).astype(int)
    print(classification_report(y_test, label, zero_division=0), file=sys.stderr)
    joblib.dump(model, model_path)
    print(
        json.dumps(
            {
                "f1_score": f1_score(y_test, label),
                "auc_roc": roc_auc_score(y_test, probability),
                "log_loss": log_loss(y_test, probability),
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
