#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rarewood/feature/schema.hpp"
#include "rarewood/report/run_record.hpp"
#include "rarewood/track/journal.hpp"

namespace rarewood {

/// Folder of the model among a run's artifacts, and what makes it one that MLflow knows.
inline constexpr std::string_view kModelFolder = "model/";
inline constexpr std::string_view kMlflowModelArtifact = "model/MLmodel";

/// The version of MLflow whose form of a model folder this is.
inline constexpr const char* kMlflowFormat = "3.17.2";

/// The model as a folder that MLflow loads and serves with onnxruntime and pandas alone: the ONNX
/// file, MLmodel with the signature, an input example made of the schema, requirements.txt,
/// python_env.yaml and the scorer. No row of the data is in it.
std::vector<Artifact> mlflow_model_folder(const std::string& onnx, const FeatureSchema& schema,
                                          const RunRecord& record);

/// The name in the registry: as given, else that of the model file; "" for "none", and where there
/// is no model file.
/// \param given  value of --registered-model
/// \param model  "models/classification_model", or "" where the model is not saved
std::string registered_model_name(const std::string& given, const std::string& model);

}  // namespace rarewood
