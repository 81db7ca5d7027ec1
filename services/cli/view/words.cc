#include "services/cli/view/words.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "common/base/resource_name.h"
#include "common/exact/number_format.h"

namespace sakip::cli {
namespace {

using ::sakip::exact::FormatIndonesian;
using ::sakip::scoring::v1::Achievement;
using ::sakip::scoring::v1::Figure;
using ::sakip::scoring::v1::FigureState;

constexpr size_t kDecimalsMax = 4;
constexpr absl::string_view kNothing = "-";

// The state where it is not a number; empty where it is one.
absl::string_view StateWords(FigureState state) {
  switch (state) {
    case scoring::v1::FIGURE_STATE_NOT_DUE:
      return "belum jatuh tempo";
    case scoring::v1::FIGURE_STATE_MISSING:
      return "belum dilaporkan";
    case scoring::v1::FIGURE_STATE_NOT_APPLICABLE:
      return "tidak berlaku";
    case scoring::v1::FIGURE_STATE_NOT_SCORED:
      return "tidak dapat dinilai";
    default:
      return "";
  }
}

// The decimal text, cut off after kDecimalsMax digits behind the point.
std::string Cut(absl::string_view decimal) {
  const size_t point = decimal.find('.');
  if (point == absl::string_view::npos || decimal.size() - point - 1 <= kDecimalsMax) {
    return FormatIndonesian(decimal);
  }
  return absl::StrCat(FormatIndonesian(decimal.substr(0, point + 1 + kDecimalsMax)), "…");
}

}  // namespace

std::string FigureText(const Figure& figure) {
  const absl::string_view words = StateWords(figure.state());
  if (figure.value().empty()) return std::string(words.empty() ? kNothing : words);
  const std::string number = FormatIndonesian(figure.value());
  return words.empty() ? number : absl::StrCat(number, " (", words, ")");
}

Cell FigureCell(const Figure& figure) {
  const bool missing = figure.state() == scoring::v1::FIGURE_STATE_MISSING;
  return Cell(FigureText(figure), missing ? Color::kYellow : Color::kNone);
}

std::string UnclampedText(const Achievement& achievement) {
  const std::string& unclamped = achievement.unclamped().value();
  return unclamped == achievement.figure().value() ? "" : FormatIndonesian(unclamped);
}

Cell ClampedCell(const Achievement& achievement) {
  Cell cell = FigureCell(achievement.figure());
  if (!UnclampedText(achievement).empty()) cell.text += "*";
  return cell;
}

std::string RupiahText(absl::string_view amount) {
  return amount.empty() ? std::string(kNothing) : exact::FormatRupiah(amount);
}

absl::string_view ExpenditureKindWords(types::v1::ExpenditureKind kind) {
  switch (kind) {
    case types::v1::EXPENDITURE_KIND_OPERATING:
      return "Belanja operasi";
    case types::v1::EXPENDITURE_KIND_CAPITAL:
      return "Belanja modal";
    case types::v1::EXPENDITURE_KIND_CONTINGENCY:
      return "Belanja tidak terduga";
    case types::v1::EXPENDITURE_KIND_TRANSFER:
      return "Belanja transfer";
    default:
      return kNothing;
  }
}

std::string MeasureText(const types::v1::Measure& measure) {
  if (measure.value().empty()) return std::string(kNothing);
  return absl::StrCat(Cut(measure.value()), measure.unit().empty() ? "" : " ", measure.unit());
}

std::string TargetText(const scoring::v1::PeriodScore& score) {
  if (score.target_upper().value().empty()) return MeasureText(score.target());
  return absl::StrCat(Cut(score.target().value()), "-", MeasureText(score.target_upper()));
}

Cell RatingCell(const Achievement& achievement) {
  if (achievement.rating().empty()) return Cell(kNothing);
  return Cell(achievement.rating(), achievement.rating() == "AA" ? Color::kGreen : Color::kNone);
}

Cell MetCell(const Achievement& achievement) {
  if (achievement.figure().value().empty()) return Cell(kNothing);
  return achievement.met() ? Cell("ya") : Cell("tidak", Color::kRed);
}

std::string AchievementText(const Achievement& achievement) {
  std::string text = FigureText(achievement.figure());
  if (!achievement.rating().empty()) absl::StrAppend(&text, " ", achievement.rating());
  if (!achievement.rating_label().empty()) {
    absl::StrAppend(&text, " (", achievement.rating_label(), ")");
  }
  return text;
}

std::string EfficiencyText(const scoring::v1::EfficiencyScore& efficiency) {
  const std::string figure = FigureText(efficiency.figure());
  switch (efficiency.method()) {
    case types::v1::EfficiencyRule::METHOD_ACHIEVEMENT_MINUS_ABSORPTION:
      return efficiency.words().empty() ? figure
                                        : absl::StrCat(figure, " poin, ", efficiency.words());
    case types::v1::EfficiencyRule::METHOD_PMK_214_2017:
      return efficiency.has_scaled()
                 ? absl::StrCat(figure, " %, nilai ", FigureText(efficiency.scaled()))
                 : figure;
    default:
      return "";
  }
}

absl::string_view LevelWord(types::v1::Level level) {
  switch (level) {
    case types::v1::LEVEL_OBJECTIVE:
      return "Sasaran";
    case types::v1::LEVEL_PROGRAM:
      return "Program";
    case types::v1::LEVEL_ACTIVITY:
      return "Kegiatan";
    case types::v1::LEVEL_SUB_ACTIVITY:
      return "Sub kegiatan";
    default:
      return "-";
  }
}

std::string Roman(int quarter) {
  constexpr const char* kNumerals[] = {"I", "II", "III", "IV"};
  return quarter >= 1 && quarter <= 4 ? kNumerals[quarter - 1] : absl::StrCat(quarter);
}

std::string TimeText(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0 && time.nanos() == 0) return std::string(kNothing);
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", absl::FromUnixSeconds(time.seconds()),
                          absl::UTCTimeZone());
}

absl::string_view ShortName(absl::string_view name) {
  const absl::string_view agency = AgencyOf(name);
  if (agency.empty() || agency.size() == name.size()) return name;
  return name.substr(agency.size() + 1);
}

}  // namespace sakip::cli
