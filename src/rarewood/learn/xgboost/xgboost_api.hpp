#pragma once

#include <string>

#include <xgboost/c_api.h>

namespace rarewood {

/// The functions of XGBoost's C API that we call; the library is loaded at the first use.
struct XgboostApi {
  decltype(&XGBGetLastError) last_error;
  decltype(&XGBSetGlobalConfig) set_global_config;
  decltype(&XGDMatrixCreateFromDense) table_from_dense;
  decltype(&XGDMatrixSetFloatInfo) set_table_floats;
  decltype(&XGDMatrixSetStrFeatureInfo) set_feature_texts;
  decltype(&XGDMatrixFree) free_table;
  decltype(&XGBoosterCreate) create;
  decltype(&XGBoosterSetParam) set_param;
  decltype(&XGBoosterUpdateOneIter) update;
  decltype(&XGBoosterEvalOneIter) evaluate;
  decltype(&XGBoosterSaveModelToBuffer) save;
  decltype(&XGBoosterFree) free;
};

/// \throws Error(external) if the library cannot be loaded
const XgboostApi& xgboost_api();

/// \throws Error(external) with XGBoost's own sentence if a call returned an error
void check_xgboost(int result);

/// The array of the given shape as XGBoost is told of it ("array interface").
std::string xgboost_array(const float* values, std::size_t rows, std::size_t columns);

}  // namespace rarewood
