#include "rarewood/model/model_file.hpp"

#include <filesystem>
#include <functional>
#include <limits>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/file.hpp"
#include "rarewood/model/checksum.hpp"
#include "rarewood/model/model_for_test.hpp"
#include "rarewood/model/onnx_message.hpp"
#include "rarewood/model/score.hpp"

namespace rarewood {
namespace {

using Aggregation = Ensemble::Aggregation;

const std::vector<ModelShape>& shapes() {
  static const std::vector<ModelShape> all{
      {},
      {{0}, 1, 0, Aggregation::average, 2},
      {{0, 0}, 3, 0, Aggregation::average, 3},
      {{3}, 9, 1, Aggregation::average, 4},
      {{0, 0, 300}, 25, 6, Aggregation::sum, 5},
  };
  return all;
}

void expect_same(const Model& a, const Model& b) {
  EXPECT_EQ(a.predictor, b.predictor);
  EXPECT_EQ(a.calibrator, b.calibrator);
  EXPECT_EQ(a.threshold, b.threshold);
  EXPECT_EQ(a.provenance, b.provenance);
  EXPECT_EQ(a.schema.prediction_point, b.schema.prediction_point);
  EXPECT_EQ(a.schema.target.positive, b.schema.target.positive);
  ASSERT_EQ(a.schema.features.size(), b.schema.features.size());
  for (std::size_t f = 0; f < a.schema.features.size(); ++f) {
    EXPECT_EQ(a.schema.features[f].name, b.schema.features[f].name);
    EXPECT_EQ(a.schema.features[f].kind, b.schema.features[f].kind);
    EXPECT_EQ(a.schema.features[f].categories, b.schema.features[f].categories);
  }
}

/// A model of each kind over a number, a boolean and a category.
std::vector<ModelForTest> small_models() {
  std::vector<ModelForTest> both(2, ModelForTest({{0, 0, 4}, 3, 3, {}, 8}));
  both[1].make_linear();
  return both;
}

/// The sentence with which a file is refused; fails the test if it is taken.
std::string refusal(std::string_view bytes) {
  try {
    model_from_bytes(bytes, "a.onnx");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::data);
    return error.what();
  }
  ADD_FAILURE() << "a bad file of " << bytes.size() << " bytes was taken";
  return {};
}

constexpr std::size_t kSealSize = 39;  ///< bytes of the entry with the checksum

/// The same file with a fresh checksum.
std::string sealed(std::string_view unsealed) {
  WireWriter entry, file;
  entry.text(OnnxEntryField::key, "rarewood.checksum");
  entry.text(OnnxEntryField::value, fmt::format("{:016x}", checksum(unsealed)));
  file.message(OnnxModelField::metadata_props, entry);
  EXPECT_EQ(file.bytes().size(), kSealSize);
  return std::string(unsealed) + file.bytes();
}

std::string_view unsealed(std::string_view bytes) {
  return bytes.substr(0, bytes.size() - kSealSize);
}

TEST(ModelFile, ReadsBackWhatWasWrittenAndWritesTheSameBytesAgain) {
  for (const ModelShape& shape : shapes()) {
    const Model model = ModelForTest(shape).model;
    const std::string onnx = model_to_onnx(model);
    EXPECT_EQ(model_to_onnx(model), onnx);
    const Model read = model_from_bytes(onnx);
    expect_same(read, model);
    EXPECT_EQ(model_to_onnx(read), onnx);
    expect_same(model_from_bytes(model_to_pickle(onnx)), model);
  }
}

TEST(ModelFile, ReadsBackLinearModels) {
  for (const ModelShape& shape : shapes()) {
    ModelForTest made(shape);
    made.make_linear();
    const std::string onnx = model_to_onnx(made.model);
    const Model read = model_from_bytes(onnx);
    expect_same(read, made.model);
    EXPECT_EQ(model_to_onnx(read), onnx);
    expect_same(model_from_bytes(model_to_pickle(onnx)), made.model);
  }
}

TEST(ModelFile, KeepsEveryDigitOfAWeight) {
  ModelForTest made({{0, 2}, 1, 1, {}, 1});
  LinearModel linear{0.1,
                     {{1.0 / 3, {}, 5e-324, 1e100}, {0, {-1e100, 0x1.fffffffffffffp-40}, 0, 0}}};
  made.model.predictor = linear;
  EXPECT_EQ(std::get<LinearModel>(model_from_bytes(model_to_onnx(made.model)).predictor), linear);
}

// Readers of version 1 refuse version 2 by name; what they can read is still written as version 1.
TEST(ModelFile, IsOfTheEarliestVersionThatHoldsTheModel) {
  const std::string key = "rarewood.format_version";
  std::string versions;
  for (const ModelForTest& made : small_models()) {
    const std::string onnx = model_to_onnx(made.model);
    versions.push_back(onnx[onnx.find(key) + key.size() + 2]);
  }
  EXPECT_EQ(versions, "12");
}

TEST(ModelFile, TheOrderOfNodesInMemoryDoesNotReachTheFile) {
  Model model = ModelForTest({{0}, 1, 0, Aggregation::average, 1}).model;
  trees_of(model).nodes = {{0, Node::kOrdered, 1.5F, 2, 1, true, 9},
                           {Node::kLeaf, Node::kOrdered, 0.5F, 0, 0, false, 4},
                           {0, Node::kOrdered, 0.5F, 3, 4, false, 5},
                           {Node::kLeaf, Node::kOrdered, 0.25F, 0, 0, false, 2},
                           {Node::kLeaf, Node::kOrdered, 0.75F, 0, 0, false, 3}};
  const std::string breadth_first = model_to_onnx(model);
  const Model read = model_from_bytes(breadth_first);
  EXPECT_NE(trees_of(read), trees_of(model));
  EXPECT_EQ(model_to_onnx(read), breadth_first);
  for (const float x : {0.0F, 1.0F, 2.0F, std::numeric_limits<float>::quiet_NaN()}) {
    EXPECT_EQ(reference_score(trees_of(read), {x}), reference_score(trees_of(model), {x}));
  }
}

TEST(ModelFile, KeepsUnusualThresholdsCalibratorsAndNames) {
  Model model = ModelForTest({}).model;
  const std::vector<float> raws{std::numeric_limits<float>::max(),
                                std::numeric_limits<float>::lowest(),
                                std::numeric_limits<float>::infinity(), 0.1F};
  for (const float raw : raws) {
    model.threshold.raw_score = raw;
    EXPECT_EQ(model_from_bytes(model_to_onnx(model)).threshold, model.threshold);
  }
  model.calibrator = {};
  model.schema.features[0].name = "label";
  model.schema.features[1].name = "";
  model.schema.features[2].categories[0] = "";
  expect_same(model_from_bytes(model_to_onnx(model)), model);
}

TEST(ModelFile, KeepsUntilWhenTheTrainingRowsWere) {
  Model model = ModelForTest({}).model;
  const std::string without = model_to_onnx(model);
  EXPECT_EQ(without.find("window"), std::string::npos);
  EXPECT_FALSE(model_from_bytes(without).provenance.window);
  model.provenance.window = {"session_started_at", 1417100970};
  const Model again = model_from_bytes(model_to_onnx(model));
  EXPECT_EQ(again.provenance.window, model.provenance.window);
  model.provenance.window->until = std::numeric_limits<std::int64_t>::max();
  EXPECT_NE(refusal(model_to_onnx(model)), "");
}

TEST(ModelFile, KeepsWhichFeaturesLeakOrThatNoneDoes) {
  Model model = ModelForTest({}).model;
  EXPECT_FALSE(model_from_bytes(model_to_onnx(model)).provenance.leaks) << "it does not say";
  for (const std::vector<std::string>& leaks : {std::vector<std::string>{}, {"paid", "sent"}}) {
    model.provenance.leaks = leaks;
    EXPECT_EQ(model_from_bytes(model_to_onnx(model)).provenance.leaks, leaks);
  }
  EXPECT_NE(describe(model).find("proved that paid and sent give the answer away"),
            std::string::npos);
}

TEST(ModelFile, KeepsWhoseRowsWereJudgedTogether) {
  Model model = ModelForTest({}).model;
  const std::string without = model_to_onnx(model);
  EXPECT_EQ(without.find("group_column"), std::string::npos);
  EXPECT_EQ(model_from_bytes(without).provenance.group_column, "");
  model.provenance.group_column = "user_id";
  EXPECT_EQ(model_from_bytes(model_to_onnx(model)).provenance.group_column, "user_id");
}

TEST(ModelFile, RefusesTextThatIsNotUtf8) {
  Model model = ModelForTest({}).model;
  model.schema.features[0].name = "caf\xE9";
  EXPECT_THROW(model_to_onnx(model), Error);
}

TEST(ModelFile, SaysInOneSentenceWhatIsWrongAndWhatToDo) {
  const std::string onnx = model_to_onnx(ModelForTest({}).model);
  EXPECT_EQ(refusal(""), "a.onnx is empty. Train again, or give another file.");
  const char* no_model =
      "a.onnx is not a rarewood model, or its end is missing. Copy it again, or give a .onnx or "
      ".pkl file made by rarewood train.";
  EXPECT_EQ(refusal("PAR1 and so on"), no_model);
  EXPECT_EQ(refusal(onnx.substr(0, onnx.size() / 2)), no_model);
  EXPECT_EQ(refusal("\x80\x04\x95\x05\x00\x00\x00\x00\x00\x00\x00\x8c\x01"
                    "a\x94."),
            "a.onnx is a pickle, but no rarewood model was found in it. Give a .onnx or .pkl file "
            "made by rarewood train.");
  EXPECT_EQ(refusal(model_to_pickle(onnx).substr(0, 900)),
            "a.onnx is a damaged pickle of a rarewood model. Copy it again from its source, or "
            "train again.");
  std::string changed = onnx;
  changed[changed.size() / 2] ^= 1;
  EXPECT_EQ(refusal(changed),
            "a.onnx is damaged: part of it was lost or changed. Copy it again from its source, "
            "or train again.");
}

TEST(ModelFile, TellsOtherToolsAndNewerVersionsByName) {
  WireWriter other;
  other.number(OnnxModelField::ir_version, 9);
  other.text(OnnxModelField::producer_name, "skl2onnx");
  other.text(OnnxModelField::graph, "\x12\x01g");
  EXPECT_EQ(refusal(other.bytes()),
            "a.onnx is an ONNX model made by skl2onnx, not by rarewood. Give a .onnx or .pkl file "
            "made by rarewood train.");
  std::string newer = model_to_onnx(ModelForTest({}).model);
  const std::string key = "rarewood.format_version";
  newer[newer.find(key) + key.size() + 2] = '3';
  EXPECT_EQ(refusal(newer),
            "a.onnx has format 3, and this rarewood reads formats up to 2. Install a newer "
            "rarewood.");
}

TEST(ModelFile, EveryFlippedBitAndEveryCutIsNoticed) {
  Random random(1, "fuzz");
  for (const ModelForTest& made : small_models()) {
    const std::string onnx = model_to_onnx(made.model);
    for (int i = 0; i < 2000; ++i) {
      std::string flipped = onnx;
      flipped[random.below(onnx.size())] ^= static_cast<char>(1U << random.below(8));
      refusal(flipped);
    }
    for (std::size_t size = 0; size < onnx.size(); size += 5) refusal(onnx.substr(0, size));
  }
}

/// Change a few bytes in place, or cut some out, or double some.
std::string mutated(std::string bytes, Random& random) {
  for (std::uint64_t left = 1 + random.below(3); left > 0; --left) {
    const std::size_t at = random.below(bytes.size());
    switch (random.below(4)) {
      case 0: bytes[at] = static_cast<char>(random.below(256)); break;
      case 1: bytes[at] ^= static_cast<char>(1U << random.below(8)); break;
      case 2: bytes.erase(at, 1 + random.below(4)); break;
      default: bytes.insert(at, bytes.substr(at, 1 + random.below(8)));
    }
  }
  return bytes;
}

// Whoever can compute the checksum can write any content; it must still be refused or be harmless.
TEST(ModelFile, MutationsUnderAValidChecksumAreRefusedOrScoreSafely) {
  for (ModelForTest& made : small_models()) {
    const std::string onnx = model_to_onnx(made.model);
    const Columns rows = made.rows(20);
    Random random(2, "fuzz");
    int taken = 0;
    for (int i = 0; i < 4000; ++i) {
      const std::string bytes = sealed(mutated(std::string(unsealed(onnx)), random));
      try {
        const Model model = model_from_bytes(bytes);
        ++taken;
        EXPECT_EQ(model_to_onnx(model_from_bytes(model_to_onnx(model))), model_to_onnx(model));
        if (model.schema.features.size() == rows.values.size()) predict(model, rows, {});
      } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::data) << error.what();
      }
    }
    EXPECT_GT(taken, 60);  // else the test looks at refusals only
  }
}

/// The file of a linear model with one piece of its JSON replaced by another, under a valid
/// checksum. What lies before and after must be of the same length.
std::string with_weights(const std::string& before, const std::string& after) {
  EXPECT_EQ(before.size(), after.size());
  ModelForTest made({{0, 2}, 1, 1, {}, 1});
  made.model.predictor = LinearModel{0.125, {{0.25, {}, 0.5, 1}, {0, {0.75, 1.25}, 0.5, 1}}};
  std::string onnx = model_to_onnx(made.model);
  EXPECT_EQ(std::get<LinearModel>(model_from_bytes(onnx).predictor).intercept, 0.125);
  onnx.replace(onnx.find(before, onnx.find("rarewood.linear")), before.size(), after);
  return sealed(unsealed(onnx));
}

TEST(ModelFile, RefusesWeightsThatAreNotSound) {
  const std::string damaged = refusal(with_weights("0.125", "1e101"));
  EXPECT_TRUE(damaged.starts_with("a.onnx is damaged")) << damaged;
  refusal(with_weights("0.125", " null"));
  refusal(with_weights("[0.75,1.25]", "[0.75     ]"));  // a category too few
  refusal(with_weights("[0.75,1.25]", "[0.75,1,25]"));  // and one too many
  refusal(with_weights("\"by_category\"", "\"by_categorY\""));
}

TEST(ModelFile, MutatedPicklesNeverBreakTheReader) {
  const std::string pickle = model_to_pickle(model_to_onnx(ModelForTest({}).model));
  Random random(3, "fuzz");
  for (int i = 0; i < 3000; ++i) {
    std::string bytes = pickle;
    for (std::uint64_t left = 1 + random.below(3); left > 0; --left) {
      bytes[random.below(60)] = static_cast<char>(random.below(256));
    }
    try {
      model_from_bytes(bytes.substr(0, random.below(2) == 0 ? bytes.size() : random.below(100)));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::data) << error.what();
    }
  }
}

TEST(ModelFile, DescribesTheModelInWords) {
  EXPECT_EQ(describe(ModelForTest({{0, 0}, 1, 0, {}, 1}).model),
            "Predicts is_ordered = 1 (against 0), as of 10min, from 2 columns: feature 0 and "
            "feature 1. The average of 1 tree with 1 node. Scores are calibrated (platt, 4 knots). "
            "A row is labelled positive from probability 0.2800 on, chosen for the best F1. Made "
            "by rarewood 0.0.1 from data 5f0c; file format 1.");
  ModelForTest linear({{0, 3}, 1, 1, {}, 1});
  linear.make_linear();
  const std::string words = describe(linear.model);
  EXPECT_NE(words.find("Log-odds as the sum of an intercept and 4 weights."), std::string::npos)
      << words;
  EXPECT_NE(words.find("file format 2."), std::string::npos) << words;
}

}  // namespace
}  // namespace rarewood
