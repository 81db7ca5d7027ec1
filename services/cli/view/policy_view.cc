#include "services/cli/view/policy_view.h"

#include "absl/strings/str_cat.h"
#include "common/exact/number_format.h"
#include "services/cli/text/utf8.h"

namespace sakip::cli {
namespace {

using ::sakip::exact::FormatIndonesian;
using ::sakip::scoring::v1::ScoringPolicy;
using Align = Column::Align;

absl::string_view LevelWord(scoring::v1::Level level) {
  switch (level) {
    case scoring::v1::LEVEL_OBJECTIVE:
      return "Sasaran";
    case scoring::v1::LEVEL_PROGRAM:
      return "Program";
    case scoring::v1::LEVEL_ACTIVITY:
      return "Kegiatan";
    case scoring::v1::LEVEL_SUB_ACTIVITY:
      return "Sub kegiatan";
    default:
      return "-";
  }
}

}  // namespace

std::string RenderPolicy(const ScoringPolicy& policy, const Screen& screen) {
  std::string text = absl::StrCat(Paragraph("Kebijakan    ", policy.name(), screen.columns),
                                  Paragraph("Dasar hukum  ", policy.legal_basis(), screen.columns),
                                  "Angka        ", policy.digits(), " di belakang koma\n",
                                  "Skala        ", Printable(policy.rating_scale().code()), "\n\n");
  Table bands({{"Predikat"}, {"Interpretasi"}, {"Batas bawah", Align::kRight}});
  for (const auto& band : policy.rating_scale().bands()) {
    const std::string lower =
        band.lower().empty()
            ? "-"
            : absl::StrCat(band.lower_included() ? ">= " : "> ", FormatIndonesian(band.lower()));
    bands.Add({band.rating(), band.label(), lower});
  }
  text += bands.Render(screen);
  Table clamps({{"Tingkat"}, {"Terendah", Align::kRight}, {"Tertinggi", Align::kRight}});
  for (const auto& clamp : policy.clamps()) {
    clamps.Add({Cell(LevelWord(clamp.level())), FormatIndonesian(clamp.lower()),
                FormatIndonesian(clamp.upper())});
  }
  if (!clamps.empty()) absl::StrAppend(&text, "\n", clamps.Render(screen));
  return text;
}

std::string RenderPolicyList(const std::vector<ScoringPolicy>& policies, const Screen& screen) {
  Table table({{"Kebijakan"}, {"Skala"}, {"Dasar hukum", Align::kLeft, true}});
  for (const ScoringPolicy& policy : policies) {
    table.Add({policy.name(), policy.rating_scale().code(), policy.legal_basis()});
  }
  return table.Render(screen);
}

}  // namespace sakip::cli
