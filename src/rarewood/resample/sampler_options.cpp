#include "rarewood/resample/sampler_options.hpp"

namespace rarewood {
namespace {

using Options = SamplerOptions;

constexpr Range kNeighbors{1, 1000};

void add_strategy(SamplerTable& table) {
  table.add(&Options::sampling_strategy, "sampling_strategy",
            "how the classes shall stand: a ratio of the rarer to the other one as in "
            "imbalanced-learn, counts:N rows of the class that changes, or share:S of positives");
}

void add_k_neighbors(SamplerTable& table) {
  table.add(&Options::k_neighbors, "k_neighbors", "neighbours a synthetic row may lean towards",
            kNeighbors);
}

void add_types(SamplerTable& table) {
  table.choice(&Options::synthetic_types, "synthetic_types",
               "Numbers and booleans of synthetic rows: between their parents as in "
               "imbalanced-learn, booleans the nearer parent's, or whole numbers whole too",
               {{"interpolate", SyntheticTypes::interpolate},
                {"copy_booleans", SyntheticTypes::copy_booleans},
                {"keep", SyntheticTypes::keep}});
}

void add_edited(SamplerTable& table) {
  table.add(&Options::edited_neighbors, "n_neighbors", "neighbours that judge a row", kNeighbors);
  table.choice(&Options::kind_sel, "kind_sel",
               "Keep a row if all of its neighbours are of its class, or most of them",
               {{"all", EditedKind::all}, {"mode", EditedKind::mode}});
}

SamplerTable with_strategy(const char* name) {
  SamplerTable table(name);
  add_strategy(table);
  return table;
}

SamplerTable with_neighbors(const char* name) {
  SamplerTable table = with_strategy(name);
  add_k_neighbors(table);
  return table;
}

SamplerTable with_types(const char* name) {
  SamplerTable table = with_neighbors(name);
  add_types(table);
  return table;
}

}  // namespace

const SamplerTable& random_over_options() {
  static const SamplerTable table = with_strategy("random_over");
  return table;
}

const SamplerTable& random_under_options() {
  static const SamplerTable table = with_strategy("random_under");
  return table;
}

const SamplerTable& smote_options() {
  static const SamplerTable table = with_types("smote");
  return table;
}

const SamplerTable& smotenc_options() {
  static const SamplerTable table = with_types("smotenc");
  return table;
}

const SamplerTable& smoten_options() {
  static const SamplerTable table = with_neighbors("smoten");
  return table;
}

const SamplerTable& borderline_smote_options() {
  static const SamplerTable table = [] {
    SamplerTable t = with_types("borderline_smote");
    t.add(&Options::m_neighbors, "m_neighbors",
          "neighbours of both classes that tell whether a row is in danger", kNeighbors);
    t.choice(&Options::kind, "kind",
             "Lean towards rows of the rarer class only, or towards those of both classes",
             {{"borderline-1", BorderlineKind::one}, {"borderline-2", BorderlineKind::two}});
    return t;
  }();
  return table;
}

const SamplerTable& adasyn_options() {
  static const SamplerTable table = [] {
    SamplerTable t = with_strategy("adasyn");
    t.add(&Options::adasyn_neighbors, "n_neighbors",
          "neighbours that tell how hard a row is, and that synthetic rows may lean towards",
          kNeighbors);
    add_types(t);
    return t;
  }();
  return table;
}

const SamplerTable& tomek_links_options() {
  static const SamplerTable table("tomek_links");
  return table;
}

const SamplerTable& enn_options() {
  static const SamplerTable table = [] {
    SamplerTable t("enn");
    add_edited(t);
    return t;
  }();
  return table;
}

const SamplerTable& smote_enn_options() {
  static const SamplerTable table = [] {
    SamplerTable t = with_types("smote_enn");
    add_edited(t);
    return t;
  }();
  return table;
}

const SamplerTable& smote_tomek_options() {
  static const SamplerTable table = with_types("smote_tomek");
  return table;
}

}  // namespace rarewood
