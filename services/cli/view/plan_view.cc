#include "services/cli/view/plan_view.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/cli/view/finding_view.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using planning::v1::AgencyOutcome;
using planning::v1::CascadeNode;
using planning::v1::DocumentChange;
using planning::v1::DocumentOutcome;
using Align = Column::Align;

Cell OutcomeCell(planning::v1::PublishOutcome outcome) {
  return outcome == planning::v1::PUBLISH_OUTCOME_PUBLISHED ? Cell("baru", Color::kGreen)
                                                            : Cell("tetap");
}

std::string ReachText(const planning::v1::Reach& reach) {
  std::string text = reach.quarters().empty() ? "-" : reach.quarters(0);
  if (reach.quarters_size() > 1) absl::StrAppend(&text, " - ", *reach.quarters().rbegin());
  if (reach.retroactive()) absl::StrAppend(&text, " (berlaku surut)");
  return text;
}

Cell KindCell(DocumentChange::Kind kind) {
  switch (kind) {
    case DocumentChange::KIND_ADDED:
      return {"ditambah", Color::kGreen};
    case DocumentChange::KIND_REMOVED:
      return {"dihapus", Color::kRed};
    default:
      return {"diubah", Color::kYellow};
  }
}

absl::string_view LevelWord(CascadeNode::Level level) {
  switch (level) {
    case CascadeNode::LEVEL_MISSION:
      return "Misi";
    case CascadeNode::LEVEL_REGIONAL_GOAL:
      return "Tujuan RPJMD";
    case CascadeNode::LEVEL_REGIONAL_OBJECTIVE:
      return "Sasaran RPJMD";
    case CascadeNode::LEVEL_GOAL:
      return "Tujuan";
    case CascadeNode::LEVEL_OBJECTIVE:
      return "Sasaran";
    case CascadeNode::LEVEL_PROGRAM:
      return "Program";
    case CascadeNode::LEVEL_ACTIVITY:
      return "Kegiatan";
    case CascadeNode::LEVEL_SUB_ACTIVITY:
      return "Sub kegiatan";
    default:
      return "-";
  }
}

// The server nests no deeper than the levels there are; what another would send ends here too.
constexpr int kDepthMax = 16;

void AddNode(const CascadeNode& node, int depth, Table& table) {
  std::vector<std::string> targets;
  for (const auto& indicator : node.indicators()) {
    targets.push_back(
        absl::StrCat(indicator.code(), indicator.has_target() ? " " : "",
                     indicator.has_target() ? MeasureText(indicator.target()) : std::string()));
  }
  table.Add(
      {absl::StrCat(std::string(static_cast<size_t>(depth) * 2, ' '), LevelWord(node.level())),
       node.code(), node.display_name(), absl::StrJoin(targets, "; "),
       node.budget().empty() ? std::string() : RupiahText(node.budget())});
  if (depth == kDepthMax) return;
  for (const CascadeNode& child : node.children()) AddNode(child, depth + 1, table);
}

Table CascadeTable() {
  return Table({{"Tingkat"},
                {"Kode"},
                {"Nama", Align::kLeft, true},
                {"Indikator", Align::kLeft, true},
                {"Pagu", Align::kRight}});
}

}  // namespace

std::string RenderOutcomes(const AgencyOutcome* agency,
                           const google::protobuf::RepeatedPtrField<DocumentOutcome>& documents,
                           const Screen& screen) {
  Table table({{"Bagian", Align::kLeft, true},
               {"Revisi", Align::kRight},
               {"Hasil"},
               {"Triwulan"},
               {"Temuan", Align::kRight}});
  std::string findings;
  const auto add = [&](const auto& outcome, absl::string_view name, absl::string_view quarters) {
    table.Add({Cell(name), absl::StrCat(outcome.revision()), OutcomeCell(outcome.outcome()),
               Cell(quarters), absl::StrCat(outcome.findings_size())});
    if (!outcome.findings().empty()) {
      absl::StrAppend(&findings, "\n", name, " revisi ", outcome.revision(), "\n");
    }
    for (const auto& finding : outcome.findings()) {
      absl::StrAppend(&findings, RenderFinding(finding, screen));
    }
  };
  if (agency != nullptr) add(*agency, "instansi", "");
  for (const DocumentOutcome& document : documents) {
    add(document, ShortName(document.name()),
        document.has_reach() ? ReachText(document.reach()) : std::string());
  }
  return absl::StrCat(table.Render(screen), findings);
}

std::string RenderDiff(const planning::v1::DiffDocumentsResponse& diff, const Screen& screen) {
  std::string text =
      absl::StrCat("Revisi ", diff.from_revision(), " -> ", diff.to_revision(), "\n\n");
  if (diff.changes().empty()) return absl::StrCat(text, "Tidak ada perbedaan.\n");
  Table table({{"Perubahan"},
               {"Letak", Align::kLeft, true},
               {"Semula", Align::kLeft, true},
               {"Menjadi", Align::kLeft, true}});
  for (const DocumentChange& change : diff.changes()) {
    table.Add({KindCell(change.kind()), change.path(), change.before(), change.after()});
  }
  return absl::StrCat(text, table.Render(screen));
}

std::string RenderCascade(const planning::v1::GetCascadeResponse& cascade, const Screen& screen) {
  std::string text = absl::StrCat(
      "Renstra  ", cascade.strategic_plan().empty() ? "-" : cascade.strategic_plan(), "\nRKT      ",
      cascade.annual_plan().empty() ? "-" : cascade.annual_plan(), "\n");
  Table roots = CascadeTable();
  for (const CascadeNode& root : cascade.roots()) AddNode(root, 0, roots);
  if (!roots.empty()) absl::StrAppend(&text, "\n", roots.Render(screen));
  Table orphans = CascadeTable();
  for (const CascadeNode& orphan : cascade.orphans()) AddNode(orphan, 0, orphans);
  if (!orphans.empty()) {
    absl::StrAppend(&text, "\nTidak terhubung ke misi:\n", orphans.Render(screen));
  }
  return text;
}

}  // namespace sakip::cli
