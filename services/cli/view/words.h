// Words: figures, states and names as Indonesian readers know them. Pure functions.
//
// Numbers are printed as the server sent them, with a comma and points; nothing is rounded here. A
// quotient of more than four decimals is cut off and ends in `…`, so that it never looks exact.
#ifndef SAKIP_SERVICES_CLI_VIEW_WORDS_H_
#define SAKIP_SERVICES_CLI_VIEW_WORDS_H_

#include <google/protobuf/timestamp.pb.h>

#include <string>

#include "absl/strings/string_view.h"
#include "sakip/scoring/v1/scorecard.pb.h"
#include "sakip/types/v1/budget.pb.h"
#include "sakip/types/v1/measure.pb.h"
#include "sakip/types/v1/scoring_policy.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

// `99,78`, `belum dilaporkan`, or `0,00 (belum dilaporkan)` where a missing figure counts 0. A dash
// where there is no figure at all.
std::string FigureText(const scoring::v1::Figure& figure);

// Yellow for what is missing.
Cell FigureCell(const scoring::v1::Figure& figure);

// The figure that counts, with a star where it was clamped: `100,00*`.
Cell ClampedCell(const scoring::v1::Achievement& achievement);

// The figure before clamping, `132,00`; empty where nothing was clamped.
std::string UnclampedText(const scoring::v1::Achievement& achievement);

// `Rp60.979.145.376`; a dash where `amount` is empty.
std::string RupiahText(absl::string_view amount);

// `Belanja operasi`; a dash where the kind is not told.
absl::string_view ExpenditureKindWords(types::v1::ExpenditureKind kind);

// `90,2 %`; a dash where there is none.
std::string MeasureText(const types::v1::Measure& measure);

// The target of a period: `30-40 %` where it is a range.
std::string TargetText(const scoring::v1::PeriodScore& score);

// `AA`, green where it is that; a dash where there is none.
Cell RatingCell(const scoring::v1::Achievement& achievement);

// `ya`, or `tidak` in red; a dash where the figure is no number.
Cell MetCell(const scoring::v1::Achievement& achievement);

// `99,94 AA (Sangat Memuaskan)`, or the state in words.
std::string AchievementText(const scoring::v1::Achievement& achievement);

// `10,91 poin, efisien`, `10,00 %, nilai 75,00`, or the state in words; empty where the policy
// names no method.
std::string EfficiencyText(const scoring::v1::EfficiencyScore& efficiency);

// `Sasaran`, `Program`, `Kegiatan`, `Sub kegiatan`.
absl::string_view LevelWord(types::v1::Level level);

// `I` to `IV`; the number itself for any other.
std::string Roman(int quarter);

// `2023-11-21T08:00:00Z`, to the second; a dash where it is not set.
std::string TimeText(const google::protobuf::Timestamp& time);

// What is after the agency in a resource name: `annualPlans/2023`. `name` itself where it is of no
// agency.
absl::string_view ShortName(absl::string_view name);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_WORDS_H_
