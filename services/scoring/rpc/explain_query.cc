#include "services/scoring/rpc/explain_query.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"

namespace sakip::scoring {
namespace {

std::optional<explain::FigureLevel> LevelOf(v1::FigureKey::Level level) {
  switch (level) {
    case v1::FigureKey::LEVEL_AGENCY:
      return explain::FigureLevel::kAgency;
    case v1::FigureKey::LEVEL_OBJECTIVE:
      return explain::FigureLevel::kObjective;
    case v1::FigureKey::LEVEL_PROGRAM:
      return explain::FigureLevel::kProgram;
    case v1::FigureKey::LEVEL_ACTIVITY:
      return explain::FigureLevel::kActivity;
    case v1::FigureKey::LEVEL_SUB_ACTIVITY:
      return explain::FigureLevel::kSubActivity;
    case v1::FigureKey::LEVEL_INDICATOR:
      return explain::FigureLevel::kIndicator;
    default:
      return std::nullopt;
  }
}

std::optional<explain::FigureKind> KindOf(v1::FigureKey::Kind kind) {
  switch (kind) {
    case v1::FigureKey::KIND_ACHIEVEMENT:
      return explain::FigureKind::kAchievement;
    case v1::FigureKey::KIND_ACHIEVEMENT_TO_DATE:
      return explain::FigureKind::kToDate;
    case v1::FigureKey::KIND_ABSORPTION:
      return explain::FigureKind::kAbsorption;
    case v1::FigureKey::KIND_EFFICIENCY:
      return explain::FigureKind::kEfficiency;
    case v1::FigureKey::KIND_RATING:
      return explain::FigureKind::kRating;
    case v1::FigureKey::KIND_RATING_TO_DATE:
      return explain::FigureKind::kRatingToDate;
    default:
      return std::nullopt;
  }
}

explain::FigureKey ToFigureKey(const v1::FigureKey& key, FieldErrors& errors) {
  const auto level = LevelOf(key.level());
  const auto kind = KindOf(key.kind());
  if (!level.has_value()) errors.Add("figure.level", "is none; LEVEL_AGENCY to LEVEL_INDICATOR");
  if (!kind.has_value()) {
    errors.Add("figure.kind", "is none; KIND_ACHIEVEMENT to KIND_RATING_TO_DATE");
  }
  const bool of_agency = level == explain::FigureLevel::kAgency;
  if (level.has_value() && of_agency != key.code().empty()) {
    errors.Add("figure.code", of_agency ? "is given; leave it empty for the agency" : "is empty");
  }
  return {{level.value_or(explain::FigureLevel::kAgency), key.code()},
          kind.value_or(explain::FigureKind::kAchievement)};
}

std::vector<Language> ToLanguages(const v1::ExplainFigureRequest& request, FieldErrors& errors) {
  std::vector<Language> languages;
  for (int i = 0; i < request.languages_size(); ++i) {
    const int wanted = request.languages(i);
    const std::string path = absl::StrCat("languages[", i, "]");
    if (wanted != v1::LANGUAGE_INDONESIAN && wanted != v1::LANGUAGE_ENGLISH) {
      errors.Add(path, "is none; LANGUAGE_INDONESIAN or LANGUAGE_ENGLISH");
      continue;
    }
    const Language language =
        wanted == v1::LANGUAGE_ENGLISH ? Language::kEnglish : Language::kIndonesian;
    if (std::find(languages.begin(), languages.end(), language) != languages.end()) {
      errors.Add(path, "repeats a language");
      continue;
    }
    languages.push_back(language);
  }
  if (languages.empty()) languages.push_back(Language::kIndonesian);
  return languages;
}

}  // namespace

absl::StatusOr<ExplainQuery> ToExplainQuery(const v1::ExplainFigureRequest& request) {
  ExplainQuery query;
  ASSIGN_OR_RETURN(query.name, ParseScorecardName(request.name()));
  ASSIGN_OR_RETURN(query.wanted, ToWanted(request));
  query.policy = request.policy();
  FieldErrors errors;
  query.figure = ToFigureKey(request.figure(), errors);
  query.languages = ToLanguages(request, errors);
  if (request.max_depth() < 0) errors.Add("max_depth", "is negative; 0 for all that there are");
  if (request.max_depth() > 0) query.bounds.depth = request.max_depth();
  RETURN_IF_ERROR(errors.ToStatus());
  return query;
}

}  // namespace sakip::scoring
