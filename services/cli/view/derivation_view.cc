#include "services/cli/view/derivation_view.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/resource_name.h"
#include "common/exact/number_format.h"
#include "services/cli/text/nearest.h"
#include "services/cli/text/utf8.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using ::google::protobuf::RepeatedPtrField;
using ::sakip::scoring::v1::Achievement;
using ::sakip::scoring::v1::BudgetScore;
using ::sakip::scoring::v1::DerivationStep;
using ::sakip::scoring::v1::EfficiencyScore;
using ::sakip::scoring::v1::IndicatorScore;
using ::sakip::scoring::v1::Scorecard;

absl::string_view KindWord(DerivationStep::Kind kind) {
  switch (kind) {
    case DerivationStep::KIND_INPUT:
      return "masukan";
    case DerivationStep::KIND_AGGREGATION:
      return "gabungan";
    case DerivationStep::KIND_FORMULA:
      return "rumus";
    case DerivationStep::KIND_CLAMP:
      return "batas";
    case DerivationStep::KIND_MEAN:
      return "rata-rata";
    case DerivationStep::KIND_ROUNDING:
      return "pembulatan";
    case DerivationStep::KIND_RATING:
      return "predikat";
    case DerivationStep::KIND_STATE:
      return "status";
    default:
      return "langkah";
  }
}

// The log that the position of a source counts in.
absl::string_view LogOf(absl::string_view source) {
  return absl::StrContains(source, "/submissions/") ? "realization" : "planning";
}

// Expressions and fractions stay as the server wrote them: they are there to be recomputed.
std::string ResultText(const DerivationStep& step) {
  std::string text = exact::FormatIndonesian(step.result());
  if (!step.unit().empty()) absl::StrAppend(&text, " ", step.unit());
  return text;
}

// Collects the text of everything that has the code.
class Explainer {
 public:
  Explainer(absl::string_view code, const Screen& screen) : code_(code), screen_(screen) {}

  const std::string& text() const { return text_; }
  std::string NearestCode() const {
    return Nearest(code_, std::vector<absl::string_view>(codes_.begin(), codes_.end()));
  }

  // True where `code` is asked for; starts its part of the text.
  bool Begin(absl::string_view kind, absl::string_view code, absl::string_view name) {
    codes_.push_back(std::string(code));
    if (code != code_) return false;
    if (!text_.empty()) text_ += "\n";
    absl::StrAppend(&text_,
                    Paint(Printable(absl::StrCat(kind, " ", code)), Color::kBold, screen_.color),
                    "\n", Paragraph("", name, screen_.columns));
    return true;
  }

  void Add(absl::string_view title, const Achievement& achievement) {
    AddSteps(absl::StrCat(title, ": ", AchievementText(achievement)), achievement.derivation());
  }

  void Add(const BudgetScore& budget) {
    AddSteps(absl::StrCat("Serapan anggaran: ", FigureText(budget.absorption())),
             budget.derivation());
    for (const auto& part : budget.parts()) {
      AddSteps(absl::StrCat("Serapan ", ExpenditureKindWords(part.expenditure_kind()), " ",
                            part.funding_source(), ": ", FigureText(part.absorption())),
               part.derivation());
    }
  }

  void Add(const EfficiencyScore& efficiency) {
    AddSteps(absl::StrCat("Efisiensi: ", EfficiencyText(efficiency)), efficiency.derivation());
  }

  // The money of a node, and what was achieved beside it.
  template <typename Node>
  void AddMoney(const Node& node) {
    Add(node.budget());
    Add(node.efficiency());
  }

  void Explain(const RepeatedPtrField<IndicatorScore>& indicators) {
    for (const IndicatorScore& indicator : indicators) {
      if (!Begin("Indikator", indicator.code(), indicator.display_name())) continue;
      Add("Sampai dengan triwulan", indicator.to_date().achievement());
      Add("Tahun", indicator.year().achievement());
    }
  }

 private:
  void AddSteps(absl::string_view title, const RepeatedPtrField<DerivationStep>& steps) {
    if (steps.empty()) return;
    absl::StrAppend(&text_, "  ", Printable(title), "\n");
    for (int i = 0; i < steps.size(); ++i) AddStep(i + 1, steps.Get(i));
  }

  void AddStep(int number, const DerivationStep& step) {
    std::string line = absl::StrCat(step.subject(), step.subject().empty() ? "" : " = ");
    if (!step.expression().empty()) absl::StrAppend(&line, step.expression(), " = ");
    absl::StrAppend(&line, ResultText(step));
    text_ += Paragraph(absl::StrFormat("    %2d. %-10s ", number, KindWord(step.kind())), line,
                       screen_.columns);
    constexpr absl::string_view kIndent = "                   ";
    if (!step.source().empty()) {
      const std::string source =
          step.kind() == DerivationStep::KIND_INPUT
              ? absl::StrCat("sumber: ", step.source(), " (log ", LogOf(step.source()), " posisi ",
                             step.log_position(), ")")
              : absl::StrCat("sumber: ", step.source());
      text_ += Paragraph(kIndent, source, screen_.columns);
    }
    if (!step.note().empty()) {
      text_ += Paragraph(kIndent, absl::StrCat("catatan: ", step.note()), screen_.columns);
    }
  }

  const absl::string_view code_;
  const Screen& screen_;
  std::string text_;
  std::vector<std::string> codes_;
};

void ExplainPrograms(const RepeatedPtrField<scoring::v1::ProgramScore>& programs,
                     Explainer& explainer) {
  for (const auto& program : programs) {
    if (explainer.Begin("Program", program.code(), program.display_name())) {
      explainer.AddMoney(program);
    }
    explainer.Explain(program.indicators());
    for (const auto& activity : program.activities()) {
      if (explainer.Begin("Kegiatan", activity.code(), activity.display_name())) {
        explainer.AddMoney(activity);
      }
      explainer.Explain(activity.indicators());
      for (const auto& sub : activity.sub_activities()) {
        if (explainer.Begin("Sub kegiatan", sub.code(), sub.display_name())) {
          explainer.AddMoney(sub);
        }
        explainer.Explain(sub.indicators());
      }
    }
  }
}

}  // namespace

absl::StatusOr<std::string> RenderDerivation(const Scorecard& card, absl::string_view code,
                                             const Screen& screen) {
  Explainer explainer(code, screen);
  const absl::string_view agency = AgencyOf(card.name());
  const absl::string_view agency_code = agency.substr(agency.rfind('/') + 1);
  for (const absl::string_view own : {agency_code, agency}) {
    if (!explainer.Begin("Instansi", own, card.agency_display_name())) continue;
    explainer.Add("Capaian kinerja", card.achievement());
    explainer.AddMoney(card);
  }
  for (const auto& objective : card.objectives()) {
    if (explainer.Begin("Sasaran", objective.code(), objective.display_name())) {
      explainer.Add("Sampai dengan triwulan", objective.to_date());
      explainer.Add("Tahun", objective.achievement());
      explainer.AddMoney(objective);
    }
    explainer.Explain(objective.indicators());
    ExplainPrograms(objective.programs(), explainer);
  }
  if (explainer.text().empty()) {
    return absl::NotFoundError(absl::StrCat("nothing in the scorecard has the code ", code,
                                            "; the nearest is ", explainer.NearestCode()));
  }
  return explainer.text();
}

}  // namespace sakip::cli
