#include "services/cli/view/document_view.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using ::sakip::planning::v1::Agency;
using ::sakip::planning::v1::Indicator;
using ::sakip::planning::v1::PlanDocument;
using Align = Column::Align;

// Lines `label  value`; empty values are left out.
std::string Labels(const std::vector<std::pair<std::string, std::string>>& lines,
                   const Screen& screen) {
  std::string text;
  for (const auto& [label, value] : lines) {
    if (value.empty()) continue;
    std::string lead = label;
    lead.resize(16, ' ');
    text += Paragraph(lead, value, screen.columns);
  }
  return text;
}

void AddIndicators(const google::protobuf::RepeatedPtrField<Indicator>& indicators, Table& table) {
  for (const Indicator& indicator : indicators) {
    const std::string upper =
        indicator.has_target_upper() ? " - " + MeasureText(indicator.target_upper()) : "";
    table.Add({"Indikator", indicator.code(), indicator.display_name(),
               MeasureText(indicator.target()) + upper});
  }
}

std::string RenderAnnualPlan(const planning::v1::AnnualPlan& plan, const Screen& screen) {
  Table table({{"Tingkat"},
               {"Kode"},
               {"Nama", Align::kLeft, true},
               {"Target", Align::kRight},
               {"Pagu", Align::kRight}});
  for (const auto& objective : plan.objectives()) {
    table.Add({"Sasaran", objective.code(), objective.display_name()});
    AddIndicators(objective.indicators(), table);
    for (const auto& program : objective.programs()) {
      table.Add({"Program", program.code(), program.display_name()});
      AddIndicators(program.indicators(), table);
      for (const auto& activity : program.activities()) {
        table.Add({"Kegiatan", activity.code(), activity.display_name()});
        AddIndicators(activity.indicators(), table);
        for (const auto& sub : activity.sub_activities()) {
          table.Add({"Sub kegiatan", sub.code(), sub.display_name(), "", RupiahText(sub.budget())});
          AddIndicators(sub.indicators(), table);
        }
      }
    }
  }
  std::string text = table.Render(screen);
  if (!plan.stated_budget().empty()) {
    absl::StrAppend(&text, "\nPagu menurut dokumen  ", RupiahText(plan.stated_budget()), "\n");
  }
  return text;
}

// One column a year.
void AddYears(
    const google::protobuf::RepeatedPtrField<planning::v1::StrategicIndicator>& indicators,
    const planning::v1::StrategicPlan& plan, int years, Table& table) {
  for (const auto& indicator : indicators) {
    std::vector<Cell> row = {"Indikator", indicator.code(), indicator.display_name()};
    row.resize(3 + static_cast<size_t>(years), Cell("-"));
    for (const auto& target : indicator.targets()) {
      const int year = target.year() - plan.first_year();
      if (year >= 0 && year < years) row[3 + year] = Cell(MeasureText(target.target()));
    }
    table.Add(std::move(row));
  }
}

std::string RenderStrategicPlan(const planning::v1::StrategicPlan& plan, const Screen& screen) {
  constexpr int kYearsMax = 10;  // Of a strategic plan; more columns would be no table.
  const int years = std::min(std::max(plan.last_year() - plan.first_year() + 1, 0), kYearsMax);
  std::vector<Column> columns = {{"Tingkat"}, {"Kode"}, {"Nama", Align::kLeft, true}};
  for (int year = 0; year < years; ++year) {
    columns.push_back({absl::StrCat(plan.first_year() + year), Align::kRight});
  }
  Table table(columns);
  for (const auto& mission : plan.regional_missions()) {
    table.Add({"Misi", mission.code(), mission.display_name()});
    for (const auto& goal : mission.goals()) {
      table.Add({"Tujuan RPJMD", goal.code(), goal.display_name()});
      AddYears(goal.indicators(), plan, years, table);
      for (const auto& objective : goal.objectives()) {
        table.Add({"Sasaran RPJMD", objective.code(), objective.display_name()});
        AddYears(objective.indicators(), plan, years, table);
      }
    }
  }
  for (const auto& goal : plan.goals()) {
    table.Add({"Tujuan", goal.code(), goal.display_name()});
    AddYears(goal.indicators(), plan, years, table);
    for (const auto& objective : goal.objectives()) {
      table.Add({"Sasaran", objective.code(), objective.display_name()});
      AddYears(objective.indicators(), plan, years, table);
    }
  }
  return table.Render(screen);
}

std::string RenderAgreement(const planning::v1::PerformanceAgreement& agreement,
                            const Screen& screen) {
  Table targets({{"Indikator"}, {"Target", Align::kRight}});
  for (const auto& target : agreement.targets()) {
    targets.Add({target.indicator_code(), MeasureText(target.target())});
  }
  Table budgets({{"Program"}, {"Pagu", Align::kRight}, {"Sumber dana", Align::kLeft, true}});
  for (const auto& budget : agreement.program_budgets()) {
    budgets.Add({budget.program_code(), RupiahText(budget.budget()), budget.funding_source()});
  }
  std::string text = Labels({{"Pihak pertama", agreement.first_party()},
                             {"Pihak kedua", agreement.second_party()},
                             {"Ditandatangani", agreement.signing_date()}},
                            screen);
  absl::StrAppend(&text, "\n", targets.Render(screen));
  if (!budgets.empty()) absl::StrAppend(&text, "\n", budgets.Render(screen));
  if (!agreement.stated_budget().empty()) {
    absl::StrAppend(&text, "\nPagu menurut dokumen  ", RupiahText(agreement.stated_budget()), "\n");
  }
  return text;
}

std::string RenderActionPlan(const planning::v1::ActionPlan& plan, const Screen& screen) {
  Table table({{"Indikator"},
               {"TW I", Align::kRight},
               {"TW II", Align::kRight},
               {"TW III", Align::kRight},
               {"TW IV", Align::kRight},
               {"Tahun", Align::kRight}});
  for (const auto& line : plan.lines()) {
    std::array<std::string, 4> quarters = {"-", "-", "-", "-"};
    for (const auto& target : line.quarters()) {
      if (target.quarter() >= 1 && target.quarter() <= 4) {
        quarters[target.quarter() - 1] = MeasureText(target.target());
      }
    }
    table.Add({line.indicator_code(), quarters[0], quarters[1], quarters[2], quarters[3],
               MeasureText(line.year_target())});
  }
  return table.Render(screen);
}

std::string RenderDecree(const planning::v1::KeyIndicatorDecree& decree, const Screen& screen) {
  Table table({{"Indikator"},
               {"Nama", Align::kLeft, true},
               {"Rumus", Align::kLeft, true},
               {"Penanggung jawab", Align::kLeft, true},
               {"Sumber data", Align::kLeft, true}});
  for (const auto& indicator : decree.indicators()) {
    table.Add({indicator.indicator_code(), indicator.display_name(), indicator.formula_text(),
               absl::StrJoin(indicator.responsible_units(), ", "), indicator.data_source()});
  }
  return absl::StrCat(Labels({{"Keputusan", decree.decree_number()},
                              {"Tanggal", decree.decree_date()},
                              {"Tentang", decree.title()}},
                             screen),
                      "\n", table.Render(screen));
}

std::string RenderContent(const PlanDocument& document, const Screen& screen) {
  switch (document.content_case()) {
    case PlanDocument::kStrategicPlan:
      return RenderStrategicPlan(document.strategic_plan(), screen);
    case PlanDocument::kAnnualPlan:
      return RenderAnnualPlan(document.annual_plan(), screen);
    case PlanDocument::kPerformanceAgreement:
      return RenderAgreement(document.performance_agreement(), screen);
    case PlanDocument::kActionPlan:
      return RenderActionPlan(document.action_plan(), screen);
    case PlanDocument::kKeyIndicatorDecree:
      return RenderDecree(document.key_indicator_decree(), screen);
    case PlanDocument::CONTENT_NOT_SET:
      break;
  }
  return "";
}

}  // namespace

std::string RenderAgency(const Agency& agency, const Screen& screen) {
  std::string text = Labels({{"Nama", agency.display_name()},
                             {"Kode", agency.name()},
                             {"Pemerintah", agency.government()},
                             {"Kepala", agency.head_office()},
                             {"Atasan", agency.superior_office()},
                             {"Dasar hukum", agency.legal_basis()}},
                            screen);
  Table units({{"Unit"}, {"Nama", Align::kLeft, true}});
  for (const auto& unit : agency.units()) units.Add({unit.code(), unit.display_name()});
  if (!units.empty()) absl::StrAppend(&text, "\n", units.Render(screen));
  return text;
}

std::string RenderAgencyList(const std::vector<Agency>& agencies, const Screen& screen) {
  Table table({{"Instansi"},
               {"Nama", Align::kLeft, true},
               {"Pemerintah", Align::kLeft, true},
               {"Unit", Align::kRight}});
  for (const Agency& agency : agencies) {
    table.Add({agency.name(), agency.display_name(), agency.government(),
               absl::StrCat(agency.units_size())});
  }
  return table.Render(screen);
}

std::string RenderDocument(const PlanDocument& document, const Screen& screen) {
  const std::string heading =
      Labels({{"Dokumen", document.name()},
              {"Revisi", absl::StrCat(document.revision())},
              {"Berlaku sejak", document.effective_date()},
              {"Alasan", document.reason()},
              {"Dasar hukum", document.legal_basis()},
              {"Catatan", document.notes()},
              {"Diterbitkan",
               absl::StrCat(TimeText(document.publish_time()), " oleh ", document.publisher(),
                            " (log planning posisi ", document.log_position(), ")")},
              {"Sidik isi", document.content_digest()}},
             screen);
  return absl::StrCat(heading, "\n", RenderContent(document, screen));
}

std::string RenderRevisionList(const std::vector<PlanDocument>& documents, const Screen& screen) {
  Table table({{"Dokumen"},
               {"Revisi", Align::kRight},
               {"Berlaku sejak"},
               {"Diterbitkan"},
               {"Posisi", Align::kRight},
               {"Alasan", Align::kLeft, true}});
  for (const PlanDocument& document : documents) {
    table.Add({Cell(ShortName(document.name())), absl::StrCat(document.revision()),
               document.effective_date(), TimeText(document.publish_time()),
               absl::StrCat(document.log_position()), document.reason()});
  }
  return table.Render(screen);
}

}  // namespace sakip::cli
