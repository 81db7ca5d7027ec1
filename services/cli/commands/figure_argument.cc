#include "services/cli/commands/figure_argument.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace sakip::cli {
namespace {

using ::sakip::scoring::v1::FigureKey;

template <typename Value>
struct Named {
  absl::string_view name;
  Value value;
};

constexpr Named<FigureKey::Level> kLevels[] = {{"agency", FigureKey::LEVEL_AGENCY},
                                               {"objective", FigureKey::LEVEL_OBJECTIVE},
                                               {"program", FigureKey::LEVEL_PROGRAM},
                                               {"activity", FigureKey::LEVEL_ACTIVITY},
                                               {"sub-activity", FigureKey::LEVEL_SUB_ACTIVITY},
                                               {"indicator", FigureKey::LEVEL_INDICATOR}};

constexpr Named<FigureKey::Kind> kKinds[] = {{"achievement", FigureKey::KIND_ACHIEVEMENT},
                                             {"to-date", FigureKey::KIND_ACHIEVEMENT_TO_DATE},
                                             {"absorption", FigureKey::KIND_ABSORPTION},
                                             {"efficiency", FigureKey::KIND_EFFICIENCY},
                                             {"rating", FigureKey::KIND_RATING},
                                             {"rating-to-date", FigureKey::KIND_RATING_TO_DATE}};

// The first value, which is never sent, where nothing has the name.
template <typename Value, size_t kSize>
Value Find(const Named<Value> (&table)[kSize], absl::string_view name) {
  for (const Named<Value>& row : table) {
    if (row.name == name) return row.value;
  }
  return Value();
}

template <typename Value, size_t kSize>
std::string Names(const Named<Value> (&table)[kSize]) {
  std::string names;
  for (const Named<Value>& row : table) {
    absl::StrAppend(&names, names.empty() ? "" : ", ", row.name);
  }
  return names;
}

FigureKey::Kind UsualKind(FigureKey::Level level) {
  const bool of_money = level == FigureKey::LEVEL_PROGRAM || level == FigureKey::LEVEL_ACTIVITY ||
                        level == FigureKey::LEVEL_SUB_ACTIVITY;
  return of_money ? FigureKey::KIND_ABSORPTION : FigureKey::KIND_ACHIEVEMENT;
}

}  // namespace

absl::StatusOr<FigureKey> ParseFigure(absl::string_view text) {
  const auto refuse = [text](absl::string_view what, const std::string& right) {
    return absl::InvalidArgumentError(absl::StrCat(text, ": ", what, "; ", right));
  };
  FigureKey key;
  const size_t colon = text.find(':');
  const absl::string_view item = text.substr(0, colon);
  const size_t slash = item.find('/');
  if (item == "agency") {
    key.set_level(FigureKey::LEVEL_AGENCY);
  } else if (slash == item.npos) {
    key.set_level(FigureKey::LEVEL_INDICATOR);
    key.set_code(std::string(item));
  } else {
    key.set_level(Find(kLevels, item.substr(0, slash)));
    key.set_code(std::string(item.substr(slash + 1)));
  }
  if (key.level() == FigureKey::LEVEL_UNSPECIFIED) return refuse("no level", Names(kLevels));
  if ((key.level() == FigureKey::LEVEL_AGENCY) != key.code().empty()) {
    return refuse("no figure", "agency, CODE of an indicator, or LEVEL/CODE");
  }
  key.set_kind(colon == text.npos ? UsualKind(key.level()) : Find(kKinds, text.substr(colon + 1)));
  if (key.kind() == FigureKey::KIND_UNSPECIFIED) return refuse("no kind", Names(kKinds));
  return key;
}

}  // namespace sakip::cli
