#pragma once

#include <LightGBM/c_api.h>

namespace rarewood {

/// The functions of LightGBM's C API that we call; the library is loaded at the first use.
struct LightgbmApi {
  decltype(&LGBM_GetLastError) last_error;
  decltype(&LGBM_RegisterLogCallback) register_log_callback;
  decltype(&LGBM_DatasetCreateFromMat) table_from_matrix;
  decltype(&LGBM_DatasetSetField) set_field;
  decltype(&LGBM_DatasetFree) free_table;
  decltype(&LGBM_BoosterCreate) create;
  decltype(&LGBM_BoosterAddValidData) watch;
  decltype(&LGBM_BoosterUpdateOneIter) update;
  decltype(&LGBM_BoosterGetEval) evaluate;
  decltype(&LGBM_BoosterSaveModelToString) save;
  decltype(&LGBM_BoosterFree) free;
};

/// \throws Error(external) if the library cannot be loaded
const LightgbmApi& lightgbm_api();

/// \throws Error(external) with LightGBM's own sentence if a call returned an error
void check_lightgbm(int result);

}  // namespace rarewood
