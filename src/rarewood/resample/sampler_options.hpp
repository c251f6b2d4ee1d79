#pragma once

#include <cstdint>
#include <string>

#include "rarewood/option/option.hpp"

namespace rarewood {

/// What the numbers of a synthetic row are; its categories and missing values always come from its
/// parents or their neighbours.
enum class SyntheticTypes {
  interpolate,    ///< numbers and booleans lie between their parents, as imbalanced-learn's do
  copy_booleans,  ///< booleans are the nearer parent's, numbers lie between
  keep            ///< the same, and columns of whole numbers stay whole
};

enum class BorderlineKind { one, two };
enum class EditedKind { all, mode };

/// The options of all samplers; each offers those it knows (see the tables).
struct SamplerOptions {
  std::string sampling_strategy = "1";
  int k_neighbors = 5;
  int m_neighbors = 10;
  int adasyn_neighbors = 5;
  int edited_neighbors = 3;
  BorderlineKind kind = BorderlineKind::one;
  EditedKind kind_sel = EditedKind::all;
  SyntheticTypes synthetic_types = SyntheticTypes::interpolate;

  std::uint32_t k() const { return static_cast<std::uint32_t>(k_neighbors); }
};

using SamplerTable = OptionTable<SamplerOptions>;

const SamplerTable& random_over_options();
const SamplerTable& random_under_options();
const SamplerTable& smote_options();
const SamplerTable& smotenc_options();
const SamplerTable& smoten_options();
const SamplerTable& borderline_smote_options();
const SamplerTable& adasyn_options();
const SamplerTable& tomek_links_options();
const SamplerTable& enn_options();
const SamplerTable& smote_enn_options();
const SamplerTable& smote_tomek_options();

}  // namespace rarewood
