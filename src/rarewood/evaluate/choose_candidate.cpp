#include "rarewood/evaluate/choose_candidate.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/distribution.hpp"

namespace rarewood {
namespace {

/// The simplest first: the fewer things that have to be right for it to be right.
constexpr std::array<const char*, 5> kLearners{"dummy", "logistic", "forest", "lightgbm",
                                               "xgboost"};
/// The rows as they are; weighed; rows left out or repeated; rows made up; made up, then cleaned.
constexpr std::array<const char*, 13> kBalances{
    "none",   "class_weight", "random_under", "random_over", "tomek_links",
    "enn",    "smote",        "smotenc",      "smoten",      "borderline_smote",
    "adasyn", "smote_tomek",  "smote_enn"};

/// Of a name that is not listed: after all that are.
template <std::size_t N>
std::size_t place_in(const std::array<const char*, N>& order, const std::string& name) {
  return static_cast<std::size_t>(std::find(order.begin(), order.end(), name) - order.begin());
}

constexpr double kTogether = 0.05;
constexpr double kManyFreedoms = 1e6;

/// What the absolute value of a standard normal number exceeds with this chance.
double normal_exceeded_with(double chance) {
  const double square = beta_quantile(1 - chance, 0.5, kManyFreedoms / 2);
  return std::sqrt(kManyFreedoms * square / (1 - square));
}

double normal_of_95() { return student_t_of_95(2 * kManyFreedoms); }

bool simpler(const CandidateStanding& one, const CandidateStanding& other) {
  return simplicity_of(one.name) < simplicity_of(other.name);
}

std::size_t best_of(const std::vector<CandidateStanding>& standings) {
  const auto best =
      std::min_element(standings.begin(), standings.end(), [](const auto& one, const auto& other) {
        return one.behind != other.behind ? one.behind < other.behind : simpler(one, other);
      });
  return static_cast<std::size_t>(best - standings.begin());
}

/// The simplest of those at most `errors` standard errors behind the best, which is one of them.
std::size_t simplest_within(const std::vector<CandidateStanding>& standings, double errors) {
  std::size_t found = best_of(standings);
  for (std::size_t i = 0; i < standings.size(); ++i) {
    const CandidateStanding& each = standings[i];
    if (each.behind <= errors * each.error && simpler(each, standings[found])) found = i;
  }
  return found;
}

bool is_dummy(const CandidateStanding& standing) { return standing.name.learner == "dummy"; }

std::string names_of(const std::vector<CandidateStanding>& standings,
                     const std::vector<std::size_t>& which) {
  std::vector<std::string> names;
  for (const std::size_t i : which) names.push_back(standings[i].name.text());
  return listed(names);
}

/// Those of 0 .. count-1 that are not listed. \param listed  ascending
std::vector<std::size_t> others_than(const std::vector<std::size_t>& listed, std::size_t count) {
  std::vector<std::size_t> others;
  for (std::size_t i = 0; i < count; ++i) {
    if (!std::ranges::binary_search(listed, i)) others.push_back(i);
  }
  return others;
}

/// Who is shown to be better than whom, by the shorter list.
std::string standing_sentence(const CandidateChoice& choice,
                              const std::vector<CandidateStanding>& standings,
                              const std::string& criterion) {
  const std::size_t alike = choice.indistinguishable.size();
  const std::string best = standings[best_of(standings)].name.text();
  if (alike == standings.size() && alike > 2) {
    return "None of the " + std::to_string(alike) + " candidates is shown to be worse in " +
           criterion + " than the best figure, that of " + best + ".";
  }
  const std::vector<std::size_t> worse = others_than(choice.indistinguishable, standings.size());
  if (alike > 3 && worse.size() < alike) {
    return "Only " + names_of(standings, worse) + (worse.size() == 1 ? " is" : " are") +
           " shown to be worse in " + criterion + " than the best figure, that of " + best + ".";
  }
  if (alike > 1) {
    return names_of(standings, choice.indistinguishable) + " are not shown to differ in " +
           criterion + ".";
  }
  return best + " is shown to be better in " + criterion + " than every other candidate.";
}

}  // namespace

std::string CandidateName::text() const {
  return balance == "none" ? learner : learner + " with " + balance;
}

std::size_t simplicity_of(const CandidateName& candidate) {
  return place_in(kLearners, candidate.learner) * (kBalances.size() + 1) +
         place_in(kBalances, candidate.balance);
}

double widening(std::size_t candidates) {
  if (candidates < 3) return 1;
  const auto pairs = static_cast<double>(candidates * (candidates - 1)) / 2;
  return normal_exceeded_with(kTogether / pairs) / normal_of_95();
}

Interval widened(const Interval& interval, double difference, double factor) {
  return {difference - factor * (difference - interval.low),
          difference + factor * (interval.high - difference)};
}

CandidateChoice choose_candidate(const std::vector<CandidateStanding>& standings) {
  CandidateChoice choice;
  const double errors = widening(standings.size()) * normal_of_95();
  const CandidateStanding* dummy = nullptr;
  for (std::size_t i = 0; i < standings.size(); ++i) {
    const CandidateStanding& each = standings[i];
    if (each.behind > errors * each.error) continue;
    choice.indistinguishable.push_back(i);
    if (is_dummy(each)) dummy = &each;
  }
  if (standings.size() == 1) return choice;
  if (dummy != nullptr) {
    choice.chosen = static_cast<std::size_t>(dummy - standings.data());
    choice.reason = CandidateChoice::Reason::nothing_shown;
    return choice;
  }
  choice.chosen = simplest_within(standings, 1);
  choice.reason = choice.chosen == best_of(standings) ? CandidateChoice::Reason::best
                                                      : CandidateChoice::Reason::simpler;
  return choice;
}

std::string choice_text(const CandidateChoice& choice,
                        const std::vector<CandidateStanding>& standings,
                        const std::string& criterion) {
  using Reason = CandidateChoice::Reason;
  const std::string chosen = standings[choice.chosen].name.text();
  if (choice.reason == Reason::only_one) return chosen + " was the only candidate.";
  const std::string standing = standing_sentence(choice, standings, criterion) + " Chosen: ";
  switch (choice.reason) {
    case Reason::nothing_shown:
      return standing + chosen +
             ", as no candidate is shown to beat the same answer for every row in " + criterion +
             ".";
    case Reason::simpler:
      return standing + chosen + ", the simplest of those within one standard error of the best (" +
             standings[best_of(standings)].name.text() + ").";
    default:
      return standing + chosen + ", the best figure; no simpler one is within one standard error.";
  }
}

}  // namespace rarewood
