#include "rarewood/learn/dummy.hpp"

#include <cmath>

namespace rarewood {
namespace {

class Dummy : public Learner {
 public:
  explicit Dummy(DummyOptions options) : options_(options) {}
  Predictor fit(const FitPart& part, const FitRequest&, const Control&) const override {
    return fit_dummy(part, options_);
  }

 private:
  DummyOptions options_;
};

}  // namespace

const OptionTable<DummyOptions>& dummy_options() {
  static const OptionTable<DummyOptions> table = [] {
    OptionTable<DummyOptions> t("dummy");
    t.choice(&DummyOptions::dummy_strategy, "dummy_strategy",
             "what the dummy answers: the more frequent class, or the base rate; stratified, which "
             "draws labels by lot, is refused",
             {{"most_frequent", DummyStrategy::most_frequent},
              {"prior", DummyStrategy::prior},
              {"stratified", DummyStrategy::stratified}});
    return t;
  }();
  return table;
}

Ensemble fit_dummy(const FitPart& part, const DummyOptions& options) {
  const ClassWeightSums sums = part.weight_sums();
  const float quantum = leaf_quantum(1);
  Node leaf;
  if (options.dummy_strategy == DummyStrategy::prior) {
    leaf.value = std::round(static_cast<float>(sums.w1 / (sums.w0 + sums.w1)) / quantum) * quantum;
  } else {
    leaf.value = sums.w1 > sums.w0 ? 1.0F : 0.0F;
  }
  leaf.cover = static_cast<float>(sums.w0 + sums.w1);
  Ensemble ensemble;
  ensemble.roots = {0};
  ensemble.nodes = {leaf};
  return ensemble;
}

std::unique_ptr<Learner> make_dummy(const RawOptions& raw) {
  const DummyOptions options = dummy_options().make(raw);
  if (options.dummy_strategy == DummyStrategy::stratified) {
    throw Error(
        ErrorKind::usage,
        "--dummy-strategy stratified draws labels by lot, but a saved model must give a row "
        "the same answer each time. Use prior; on average such labels have an AUC of 0.5, and "
        "the base rate as precision, recall and F1.");
  }
  return std::make_unique<Dummy>(options);
}

}  // namespace rarewood
