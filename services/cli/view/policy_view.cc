#include "services/cli/view/policy_view.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "common/base/resource_name.h"
#include "common/exact/number_format.h"
#include "services/cli/text/utf8.h"
#include "services/cli/view/simulation_view.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using ::sakip::exact::FormatIndonesian;
using ::sakip::types::v1::ScoringPolicy;
using Align = Column::Align;

absl::string_view WeightingWords(types::v1::Weighting weighting) {
  return weighting == types::v1::WEIGHTING_EQUAL ? "sama untuk semua indikator" : "menurut rencana";
}

std::string EfficiencyWords(const types::v1::EfficiencyRule& rule) {
  switch (rule.method()) {
    case types::v1::EfficiencyRule::METHOD_ACHIEVEMENT_MINUS_ABSORPTION:
      return absl::StrCat("capaian dikurangi serapan, toleransi ",
                          FormatIndonesian(rule.tolerance()));
    case types::v1::EfficiencyRule::METHOD_PMK_214_2017:
      return "PMK 214/PMK.02/2017";
    default:
      return "tidak dihitung";
  }
}

}  // namespace

std::string RenderPolicy(const ScoringPolicy& policy, const Screen& screen) {
  std::string text =
      absl::StrCat(Paragraph("Kebijakan    ", policy.name(), screen.columns),
                   Paragraph("Dasar hukum  ", policy.legal_basis(), screen.columns),
                   policy.first_year() == 0
                       ? ""
                       : absl::StrCat("Berlaku      mulai tahun ", policy.first_year(), "\n"),
                   "Angka        ", policy.digits(), " di belakang koma\n", "Bobot        ",
                   WeightingWords(policy.weighting()), "\n", "Efisiensi    ",
                   EfficiencyWords(policy.efficiency()), "\n", "Skala        ",
                   Printable(policy.rating_scale().code()), "\n\n");
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
  Table table(
      {{"Kebijakan"}, {"Skala"}, {"Mulai", Align::kRight}, {"Dasar hukum", Align::kLeft, true}});
  for (const ScoringPolicy& policy : policies) {
    table.Add({policy.name(), policy.rating_scale().code(),
               policy.first_year() == 0 ? "-" : absl::StrCat(policy.first_year()),
               policy.legal_basis()});
  }
  return table.Render(screen);
}

std::string PolicyName(absl::string_view name) {
  if (name.empty()) return "rancangan";  // Of a simulation.
  absl::ConsumePrefix(&name, "policies/");
  return absl::StrReplaceAll(
      name, {{"/versions/", " versi "}, {"regions/", "daerah "}, {"/scoringPolicies/", " versi "}});
}

std::string RenderPolicyComparison(const scoring::v1::PolicyComparison& comparison,
                                   const Screen& screen) {
  const std::string own = PolicyName(comparison.own_policy());
  const std::string title =
      absl::StrCat("\n",
                   Paint(Printable(absl::StrCat("Dibandingkan dengan kebijakannya, ", own)),
                         Color::kBold, screen.color),
                   "\n");
  return title +
         RenderAchievementChanges({comparison.changes().begin(), comparison.changes().end()},
                                  "Menurut kebijakannya", "Menurut kebijakan ini", screen);
}

}  // namespace sakip::cli
