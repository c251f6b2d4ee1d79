#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "rarewood/base/error.hpp"
#include "rarewood/base/secret.hpp"
#include "rarewood/base/text.hpp"

namespace rarewood {

/// Where a raw value came from; a later one overrides an earlier one.
enum class Origin { preset, file, environment, flag };

/// What somebody wrote for an option, before it is checked.
struct RawValue {
  std::string text;
  Origin origin = Origin::flag;
  std::string place = {};  ///< "rarewood.toml, line 3" or "RAREWOOD_MAX_DEPTH"; "" for a flag
};

/// Raw values by option name (snake_case). Lists hold their items joined by commas; a comma inside
/// an item is written \,
using RawOptions = std::map<std::string, RawValue>;

/// The values a number may take, and how far a tuner goes.
struct Range {
  double lowest = -1e300;
  double highest = 1e300;
  bool lowest_excluded = false;
  bool highest_excluded = false;
};

/// Everything known of one option except its default, which is in the options struct.
struct OptionSpec {
  std::string name;   ///< snake_case; --max-depth on the command line
  std::string group;  ///< heading in --help, section in rarewood.toml
  std::string help;   ///< one sentence, no full stop needed
  std::string value;  ///< "INT", "NUMBER", "TEXT", "LIST", "PAIRS" or ""; "" = a switch
  std::vector<std::string> choices;  ///< the only texts allowed, if any
  std::vector<std::string> hints;    ///< words it takes beside free text, "recall:" for recall:0.8
  Range range;                       ///< of numbers
  std::string fallback;              ///< default as text; "" where there is none
  std::vector<std::string> environment;  ///< standard variables read too, such as AWS_REGION
  std::vector<std::string> aliases;      ///< other names on the command line only
  bool secret = false;                   ///< never shown, logged or recorded
  bool in_model = true;  ///< part of a model's provenance (threads and paths are not)
};

/// "an integer in 1..64", "one of gini, entropy", for help and refusals.
std::string allowed_text(const OptionSpec& spec);

/// \throws Error(usage): "--max-depth must be an integer in 1..64, not 'x'."
[[noreturn]] void refuse_value(const OptionSpec& spec, const std::string& text);

/// The same refusal with the place of the value before it, where it did not come from a flag.
Error with_place(const Error& error, const RawValue& value);

/// \throws Error(usage) if the option has choices and the text is none of them.
void check_choice(const OptionSpec& spec, const std::string& text);

/// "64", "0.5", "1000000000": a bound as people write it.
std::string bound_text(double bound);

double number_in_range(const OptionSpec& spec, const std::string& text);
bool boolean_value(const OptionSpec& spec, const std::string& text);
std::vector<std::string> list_items(const std::string& text);
std::string list_text(const std::vector<std::string>& items);  ///< inverse of list_items
std::string flag_name(const std::string& name);                ///< max_depth -> --max-depth

/// Words by name, written name=word and joined as lists are; a name may hold '='.
using Pairs = std::map<std::string, std::string>;
/// \throws Error(usage) for an item without '=', name or word, and for a name given twice
Pairs pairs_value(const OptionSpec& spec, const std::string& text);
std::string pairs_text(const Pairs& pairs);  ///< inverse of pairs_value

/// Text <-> member, one overload a type; all other facts come from the spec.
template <typename V>
void read_value(const OptionSpec& spec, const std::string& text, V& into) {
  if constexpr (std::is_same_v<V, bool>) {
    into = boolean_value(spec, text);
  } else if constexpr (std::is_integral_v<V>) {
    const auto number = parse_int64(text);
    if (!number || !std::in_range<V>(*number)) refuse_value(spec, text);
    number_in_range(spec, text);
    into = static_cast<V>(*number);
  } else if constexpr (std::is_floating_point_v<V>) {
    into = number_in_range(spec, text);
  } else if constexpr (std::is_same_v<V, std::vector<std::string>>) {
    into = list_items(text);
  } else if constexpr (std::is_same_v<V, Pairs>) {
    into = pairs_value(spec, text);
  } else if constexpr (std::is_same_v<V, Secret>) {
    into = Secret(text);
  } else if constexpr (std::is_same_v<V, std::string>) {
    into = text;
  } else {  // std::optional<number>: "none" says that it is not set
    if (text == "none") {
      into.reset();
    } else {
      typename V::value_type number{};
      read_value(spec, text, number);
      into = number;
    }
  }
}

template <typename V>
std::string value_text(const V& value) {
  if constexpr (std::is_same_v<V, bool>) {
    return value ? "true" : "false";
  } else if constexpr (std::is_integral_v<V>) {
    return std::to_string(value);
  } else if constexpr (std::is_floating_point_v<V>) {
    return shortest(value);
  } else if constexpr (std::is_same_v<V, std::vector<std::string>>) {
    return list_text(value);
  } else if constexpr (std::is_same_v<V, Pairs>) {
    return pairs_text(value);
  } else if constexpr (std::is_same_v<V, Secret>) {
    return "";
  } else if constexpr (std::is_same_v<V, std::string>) {
    return value;
  } else {
    return value ? value_text(*value) : "none";
  }
}

template <typename V>
std::string value_word() {
  if constexpr (std::is_same_v<V, bool>) {
    return "";
  } else if constexpr (std::is_integral_v<V>) {
    return "INT";
  } else if constexpr (std::is_floating_point_v<V>) {
    return "NUMBER";
  } else if constexpr (std::is_same_v<V, std::vector<std::string>>) {
    return "LIST";
  } else if constexpr (std::is_same_v<V, Pairs>) {
    return "PAIRS";
  } else if constexpr (std::is_same_v<V, std::string> || std::is_same_v<V, Secret>) {
    return "TEXT";
  } else {
    return value_word<typename V::value_type>();
  }
}

/// The options of one struct, declared once: flags, help, file keys, checks, tracked parameters and
/// reference pages are all derived from this table. Defaults are those of a fresh `Options`.
template <typename Options>
class OptionTable {
 public:
  explicit OptionTable(std::string group) : group_(std::move(group)) {}

  /// A number, text, list or switch.
  template <typename V>
  OptionTable& add(V Options::* member, std::string name, std::string help, Range range = {}) {
    OptionSpec spec = begin(std::move(name), std::move(help), value_word<V>());
    spec.range = range;
    spec.secret = std::is_same_v<V, Secret>;
    spec.fallback = value_text(Options{}.*member);
    const OptionSpec captured = spec;
    return finish(
        std::move(spec),
        [member, captured](const std::string& text, Options& to) {
          read_value(captured, text, to.*member);
        },
        [member](const Options& from) { return value_text(from.*member); });
  }

  /// One of a few words, each standing for a value of an enumeration.
  template <typename E>
  OptionTable& choice(E Options::* member, std::string name, std::string help,
                      const std::vector<std::pair<std::string, E>>& words) {
    OptionSpec spec = begin(std::move(name), std::move(help), "WORD");
    for (const auto& [word, value] : words) {
      spec.choices.push_back(word);
      if (Options{}.*member == value) spec.fallback = word;
    }
    const OptionSpec captured = spec;
    return finish(
        std::move(spec),
        [member, captured, words](const std::string& text, Options& to) {
          for (const auto& [word, value] : words) {
            if (word == text) {
              to.*member = value;
              return;
            }
          }
          refuse_value(captured, text);
        },
        [member, words](const Options& from) -> std::string {
          for (const auto& [word, value] : words) {
            if (from.*member == value) return word;
          }
          return "";
        });
  }

  /// Refine the option added last.
  OptionTable& environment(std::vector<std::string> variables) {
    specs_.back().environment = std::move(variables);
    return *this;
  }
  /// The only texts it takes; for names that a registry knows and the struct keeps as text.
  OptionTable& words(std::vector<std::string> choices) {
    specs_.back().choices = std::move(choices);
    specs_.back().value = "WORD";
    return *this;
  }
  /// Words it takes beside free text, for completion; "recall:" where a value follows.
  OptionTable& hints(std::vector<std::string> words) {
    specs_.back().hints = std::move(words);
    return *this;
  }
  OptionTable& alias(std::string flag) {
    specs_.back().aliases.push_back(std::move(flag));
    return *this;
  }
  OptionTable& not_in_model() {
    specs_.back().in_model = false;
    return *this;
  }

  /// The validated struct: defaults overridden by what is in `raw`; names of other tables are
  /// ignored. \throws Error(usage) on the first value out of range.
  Options make(const RawOptions& raw) const {
    Options options;
    for (std::size_t i = 0; i < specs_.size(); ++i) {
      const auto found = raw.find(specs_[i].name);
      if (found == raw.end()) continue;
      try {
        check_choice(specs_[i], found->second.text);
        read_[i](found->second.text, options);
      } catch (const Error& error) {
        throw with_place(error, found->second);
      }
    }
    return options;
  }

  /// (name, value as text) in table order, secrets left out: tracked parameters, provenance.
  std::vector<std::pair<std::string, std::string>> values(const Options& options) const {
    std::vector<std::pair<std::string, std::string>> result;
    for (std::size_t i = 0; i < specs_.size(); ++i) {
      if (!specs_[i].secret) result.emplace_back(specs_[i].name, write_[i](options));
    }
    return result;
  }

  /// The same of those options that are part of a model's provenance.
  std::vector<std::pair<std::string, std::string>> model_values(const Options& options) const {
    std::vector<std::pair<std::string, std::string>> result;
    for (std::size_t i = 0; i < specs_.size(); ++i) {
      if (specs_[i].in_model) result.emplace_back(specs_[i].name, write_[i](options));
    }
    return result;
  }

  const std::vector<OptionSpec>& specs() const { return specs_; }

 private:
  using Reader = std::function<void(const std::string&, Options&)>;
  using Writer = std::function<std::string(const Options&)>;

  OptionSpec begin(std::string name, std::string help, std::string value) const {
    OptionSpec spec;
    spec.name = std::move(name);
    spec.group = group_;
    spec.help = std::move(help);
    spec.value = std::move(value);
    return spec;
  }

  OptionTable& finish(OptionSpec spec, Reader read, Writer write) {
    specs_.push_back(std::move(spec));
    read_.push_back(std::move(read));
    write_.push_back(std::move(write));
    return *this;
  }

  std::string group_;
  std::vector<OptionSpec> specs_;
  std::vector<Reader> read_;
  std::vector<Writer> write_;
};

}  // namespace rarewood
