#include "common/policy/proto/policy_proto.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/period.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"

namespace sakip::policy {
namespace {

using exact::Decimal;
using plan::Formula;
using plan::Level;

// One pair for each value of both.
constexpr std::pair<types::v1::Level, Level> kLevels[] = {
    {types::v1::LEVEL_OBJECTIVE, Level::kObjective},
    {types::v1::LEVEL_PROGRAM, Level::kProgram},
    {types::v1::LEVEL_ACTIVITY, Level::kActivity},
    {types::v1::LEVEL_SUB_ACTIVITY, Level::kSubActivity}};
constexpr std::pair<types::v1::Formula, Formula> kFormulas[] = {
    {types::v1::FORMULA_POSITIVE, Formula::kPositive},
    {types::v1::FORMULA_NEGATIVE, Formula::kNegative},
    {types::v1::FORMULA_INVERSE, Formula::kInverse}};
constexpr std::pair<types::v1::Weighting, Weighting> kWeightings[] = {
    {types::v1::WEIGHTING_AS_PLANNED, Weighting::kAsPlanned},
    {types::v1::WEIGHTING_EQUAL, Weighting::kEqual}};

constexpr std::pair<types::v1::EfficiencyRule::Method, EfficiencyMethod> kMethods[] = {
    {types::v1::EfficiencyRule::METHOD_NONE, EfficiencyMethod::kNone},
    {types::v1::EfficiencyRule::METHOD_ACHIEVEMENT_MINUS_ABSORPTION,
     EfficiencyMethod::kAchievementMinusAbsorption},
    {types::v1::EfficiencyRule::METHOD_PMK_214_2017, EfficiencyMethod::kPmk214Of2017}};

template <typename Message, typename Value, size_t size>
Message ToMessage(const std::pair<Message, Value> (&pairs)[size], Value value) {
  for (const auto& [message, of] : pairs) {
    if (of == value) return message;
  }
  return {};
}

// Reads fields and collects what is wrong with them. Not thread-safe.
class Reader {
 public:
  explicit Reader(std::string path) : path_(std::move(path)) {}

  std::string Path(absl::string_view field) const { return absl::StrCat(path_, ".", field); }

  void CheckLine(const std::string& text, const std::string& field, size_t most) {
    const absl::Status line = sakip::CheckLine(text, 1, most);
    if (!line.ok()) errors_.Add(Path(field), line.message());
  }

  Decimal Number(const std::string& text, const std::string& field) {
    const auto number = Decimal::Parse(text);
    if (!number.ok()) errors_.Add(Path(field), number.status().message());
    return number.value_or(Decimal());
  }

  template <typename Message, typename Value, size_t size>
  Value OneOf(const std::pair<Message, Value> (&pairs)[size], Message wanted,
              const std::string& field, absl::string_view right) {
    for (const auto& [message, value] : pairs) {
      if (message == wanted) return value;
    }
    errors_.Add(Path(field), absl::StrCat("is missing or none; ", right));
    return pairs[0].second;
  }

  void ReadBand(const types::v1::RatingBand& from, const std::string& field, RatingScale& scale) {
    RatingBand& band = scale.bands.emplace_back();
    band.rating = from.rating();
    band.label = from.label();
    if (!from.rating().empty()) CheckLine(from.rating(), field + ".rating", 20);
    CheckLine(from.label(), field + ".label", 200);
    if (!from.lower().empty()) band.lower = Number(from.lower(), field + ".lower");
    band.lower_included = from.lower_included();
  }

  void ReadScale(const types::v1::RatingScale& from, RatingScale& scale) {
    scale.code = from.code();
    CheckLine(from.code(), "rating_scale.code", 64);
    for (int i = 0; i < from.bands_size(); ++i) {
      ReadBand(from.bands(i), absl::StrCat("rating_scale.bands[", i, "]"), scale);
    }
  }

  void ReadClamp(const types::v1::Clamp& from, const std::string& field, Policy& policy) {
    const Level level = OneOf(kLevels, from.level(), field + ".level", "a level of the plan");
    const Clamp clamp{Number(from.lower(), field + ".lower"),
                      Number(from.upper(), field + ".upper")};
    if (!policy.clamps.emplace(level, clamp).second) {
      errors_.Add(Path(field + ".level"), "is clamped above too");
    }
  }

  void ReadEfficiency(const types::v1::EfficiencyRule& from, EfficiencyRule& rule) {
    rule.method = OneOf(kMethods, from.method(), "efficiency.method", "a method of efficiency");
    const bool tolerates = rule.method == EfficiencyMethod::kAchievementMinusAbsorption;
    if (tolerates) {
      rule.tolerance = Number(from.tolerance(), "efficiency.tolerance");
    } else if (!from.tolerance().empty()) {
      errors_.Add(Path("efficiency.tolerance"), "is of ACHIEVEMENT_MINUS_ABSORPTION only");
    }
  }

  Policy Read(const types::v1::ScoringPolicy& from) {
    Policy policy;
    policy.name = from.name();
    policy.legal_basis = from.legal_basis();
    CheckLine(from.legal_basis(), "legal_basis", 500);
    policy.first_year = from.first_year();
    if (from.first_year() < kYearMin || from.first_year() > kYearMax) {
      errors_.Add(Path("first_year"), absl::StrCat("is no year from ", kYearMin, " to ", kYearMax));
    }
    ReadScale(from.rating_scale(), policy.scale);
    policy.digits = from.digits();
    for (int i = 0; i < from.clamps_size(); ++i) {
      ReadClamp(from.clamps(i), absl::StrCat("clamps[", i, "]"), policy);
    }
    policy.default_formula = OneOf(kFormulas, from.default_formula(), "default_formula",
                                   "POSITIVE, NEGATIVE or INVERSE");
    policy.weighting = OneOf(kWeightings, from.weighting(), "weighting", "AS_PLANNED or EQUAL");
    ReadEfficiency(from.efficiency(), policy.efficiency);
    return policy;
  }

  FieldErrors& errors() { return errors_; }

 private:
  const std::string path_;
  FieldErrors errors_;
};

}  // namespace

absl::StatusOr<Policy> FromProto(const types::v1::ScoringPolicy& from, const std::string& path) {
  Reader reader(path);
  Policy policy = reader.Read(from);
  // What does not parse proves nothing about the rest.
  if (reader.errors().empty()) CheckPolicy(policy, path, reader.errors());
  RETURN_IF_ERROR(reader.errors().ToStatus());
  return policy;
}

types::v1::ScoringPolicy ToProto(const Policy& policy) {
  types::v1::ScoringPolicy to;
  to.set_name(policy.name);
  to.set_legal_basis(policy.legal_basis);
  to.set_first_year(policy.first_year);
  to.mutable_rating_scale()->set_code(policy.scale.code);
  for (const RatingBand& band : policy.scale.bands) {
    types::v1::RatingBand& message = *to.mutable_rating_scale()->add_bands();
    message.set_rating(band.rating);
    message.set_label(band.label);
    if (band.lower.has_value()) message.set_lower(band.lower->ToString());
    message.set_lower_included(band.lower_included);
  }
  to.set_digits(policy.digits);
  for (const auto& [level, clamp] : policy.clamps) {
    types::v1::Clamp& message = *to.add_clamps();
    message.set_level(ToMessage(kLevels, level));
    message.set_lower(clamp.lower.ToString());
    message.set_upper(clamp.upper.ToString());
  }
  to.set_default_formula(ToMessage(kFormulas, policy.default_formula));
  to.set_weighting(ToMessage(kWeightings, policy.weighting));
  to.mutable_efficiency()->set_method(ToMessage(kMethods, policy.efficiency.method));
  if (policy.efficiency.method == EfficiencyMethod::kAchievementMinusAbsorption) {
    to.mutable_efficiency()->set_tolerance(policy.efficiency.tolerance.ToString());
  }
  return to;
}

}  // namespace sakip::policy
