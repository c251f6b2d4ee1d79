#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace rarewood {

/// Which rows scikit-learn's train_test_split(test_size, random_state=seed, stratify=y) puts into
/// its test part: kTestFold for these, fold 0 for all others.
///
/// Membership is scikit-learn's row for row; the order in which it returns the rows is not kept, as
/// nothing here depends on it.
/// \param second  [rows] 1 = the class that comes second where numpy sorts the labels
/// \param test_size  a share between 0 and 1
/// \throws Error(usage) for a seed numpy refuses; Error(data) if a part would lack a class, or for
///         2^32 rows and more
/// \source scikit-learn 1.9, StratifiedShuffleSplit; numpy 2.4, legacy RandomState.
std::vector<std::uint32_t> folds_by_sklearn(std::span<const std::uint8_t> second, double test_size,
                                            std::uint64_t seed);

}  // namespace rarewood
