#include "services/cli/csv/plan_columns.h"

namespace sakip::cli {
namespace {

constexpr bool kRequired = true;

constexpr PlanColumn kObjective[] = {
    {"objective_code", "code", ColumnKind::kText, kRequired, "kode sasaran"},
    {"objective_name", "display_name", ColumnKind::kText, kRequired, "nama sasaran"},
};
constexpr PlanColumn kProgram[] = {
    {"program_code", "code", ColumnKind::kText, kRequired, "kode program"},
    {"program_name", "display_name", ColumnKind::kText, kRequired, "nama program"},
    {"program_nomenclature_code", "nomenclature_code", ColumnKind::kText, false,
     "kode nomenklatur, mis. 1.06.04"},
};
constexpr PlanColumn kActivity[] = {
    {"activity_code", "code", ColumnKind::kText, kRequired, "kode kegiatan"},
    {"activity_name", "display_name", ColumnKind::kText, kRequired, "nama kegiatan"},
    {"activity_nomenclature_code", "nomenclature_code", ColumnKind::kText, false,
     "kode nomenklatur, mis. 1.06.04.2.01"},
};
constexpr PlanColumn kSubActivity[] = {
    {"sub_activity_code", "code", ColumnKind::kText, kRequired, "kode sub kegiatan"},
    {"sub_activity_name", "display_name", ColumnKind::kText, kRequired, "nama sub kegiatan"},
    {"sub_activity_nomenclature_code", "nomenclature_code", ColumnKind::kText, false,
     "kode nomenklatur, mis. 1.06.04.2.01.0003"},
    {"budget", "budget", ColumnKind::kNumber, kRequired, "pagu sub kegiatan, rupiah"},
    {"outcome", "outcome", ColumnKind::kText, false, "hasil"},
    {"responsible_unit", "responsible_unit", ColumnKind::kText, false, "kode unit pelaksana"},
};
constexpr PlanLevel kLevels[] = {
    {"objectives", kObjective},
    {"programs", kProgram},
    {"activities", kActivity},
    {"sub_activities", kSubActivity},
};
constexpr PlanColumn kBudgetPart[] = {
    {"part_kind", "expenditure_kind", ColumnKind::kText, false,
     "operating, capital, contingency atau transfer"},
    {"part_source", "funding_source", ColumnKind::kText, false, "sumber dana"},
    {"part_amount", "amount", ColumnKind::kNumber, false, "bagian dari pagu, rupiah"},
};
constexpr PlanColumn kIndicator[] = {
    {"indicator_code", "code", ColumnKind::kText, kRequired, "kode indikator"},
    {"indicator_name", "display_name", ColumnKind::kText, kRequired, "nama indikator"},
    {"target", "target.value", ColumnKind::kNumber, kRequired, "target setahun"},
    {"unit", "target.unit", ColumnKind::kText, kRequired, "satuan"},
    {"target_upper", "target_upper.value", ColumnKind::kNumber, false, "batas atas rentang"},
    {"formula", "formula", ColumnKind::kText, false,
     "positive, negative, inverse, range, range_negative atau share_met"},
    {"time_aggregation", "time_aggregation", ColumnKind::kText, false,
     "sum, last, average, max, min atau constant"},
    {"unit_aggregation", "unit_aggregation", ColumnKind::kText, false,
     "sum, ratio_of_sums, average, max, min atau none"},
    {"numerator", "ratio.numerator", ColumnKind::kText, false, "pembilang"},
    {"denominator", "ratio.denominator", ColumnKind::kText, false, "penyebut"},
    {"may_fall", "may_fall", ColumnKind::kText, false, "true jika boleh turun"},
    {"weight", "weight", ColumnKind::kNumber, false, "bobot"},
    {"not_applicable_reason", "not_applicable_reason", ColumnKind::kText, false,
     "mengapa tidak berlaku tahun ini"},
    {"responsible_units", "responsible_units", ColumnKind::kCodes, false,
     "kode unit penanggung jawab, dipisah spasi"},
    {"data_source", "data_source", ColumnKind::kText, false, "sumber data"},
    {"legal_basis", "legal_basis", ColumnKind::kText, false, "dasar hukum"},
    {"children", "children", ColumnKind::kCodes, false, "kode indikator yang dihitung"},
};
constexpr PlanColumn kActionLine[] = {
    {"indicator_code", "indicator_code", ColumnKind::kText, kRequired, "kode indikator"},
    {"year_target", "year_target.value", ColumnKind::kNumber, kRequired, "target setahun"},
    {"unit", "year_target.unit", ColumnKind::kText, kRequired, "satuan"},
};
constexpr PlanColumn kQuarters[] = {
    {"tw1", "value", ColumnKind::kNumber, kRequired, "target TW I"},
    {"tw2", "value", ColumnKind::kNumber, kRequired, "target TW II"},
    {"tw3", "value", ColumnKind::kNumber, kRequired, "target TW III"},
    {"tw4", "value", ColumnKind::kNumber, kRequired, "target TW IV"},
    {"quarter_unit", "unit", ColumnKind::kText, false, "satuan triwulan, jika lain"},
};

void Append(absl::Span<const PlanColumn> more, std::vector<PlanColumn>& columns) {
  columns.insert(columns.end(), more.begin(), more.end());
}

}  // namespace

absl::Span<const PlanLevel> AnnualPlanLevels() { return kLevels; }
absl::Span<const PlanColumn> IndicatorColumns() { return kIndicator; }
absl::Span<const PlanColumn> BudgetPartColumns() { return kBudgetPart; }
absl::Span<const PlanColumn> ActionLineColumns() { return kActionLine; }
absl::Span<const PlanColumn> QuarterColumns() { return kQuarters; }

PlanTableField FieldOf(PlanTableKind kind) {
  return kind == PlanTableKind::kAnnualPlan ? PlanTableField{"annual_plan", "objectives"}
                                            : PlanTableField{"action_plan", "lines"};
}

std::vector<PlanColumn> ColumnsOf(PlanTableKind kind) {
  std::vector<PlanColumn> columns;
  if (kind == PlanTableKind::kActionPlan) {
    Append(kActionLine, columns);
    Append(kQuarters, columns);
    return columns;
  }
  for (const PlanLevel& level : kLevels) Append(level.columns, columns);
  Append(kBudgetPart, columns);
  Append(kIndicator, columns);
  return columns;
}

}  // namespace sakip::cli
