#include "services/cli/view/quarter_view.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/cli/text/utf8.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using ::sakip::realization::v1::AgencyProgress;
using ::sakip::realization::v1::GetQuarterProgressResponse;
using ::sakip::realization::v1::NextStep;
using ::sakip::realization::v1::Quarter;
using ::sakip::realization::v1::RegionProgress;
using ::sakip::realization::v1::Step;
using ::sakip::realization::v1::StepTaken;
using ::sakip::realization::v1::Submission;
using Align = Column::Align;

// What may be done.
absl::string_view StepVerb(Step step) {
  switch (step) {
    case realization::v1::STEP_OPEN:
      return "buka";
    case realization::v1::STEP_SUBMIT:
      return "ajukan";
    case realization::v1::STEP_VERIFY:
      return "verifikasi";
    case realization::v1::STEP_RETURN:
      return "kembalikan";
    case realization::v1::STEP_APPROVE:
      return "setujui";
    case realization::v1::STEP_CLOSE:
      return "tutup";
    case realization::v1::STEP_REOPEN:
      return "buka kembali";
    default:
      return "-";
  }
}

// What was done.
absl::string_view StepDone(Step step) {
  switch (step) {
    case realization::v1::STEP_OPEN:
      return "dibuka";
    case realization::v1::STEP_SUBMIT:
      return "diajukan";
    case realization::v1::STEP_VERIFY:
      return "diverifikasi";
    case realization::v1::STEP_RETURN:
      return "dikembalikan";
    case realization::v1::STEP_APPROVE:
      return "disetujui";
    case realization::v1::STEP_CLOSE:
      return "ditutup";
    case realization::v1::STEP_REOPEN:
      return "dibuka kembali";
    default:
      return "-";
  }
}

std::string RoleWord(absl::string_view role) {
  if (role == "reporter") return "pelapor";
  if (role == "verifier") return "verifikator";
  if (role == "agency_head") return "kepala";
  return role.empty() ? "-" : std::string(role);
}

std::string Remark(const StepTaken& step) {
  std::vector<std::string> remarks;
  if (!step.note().empty()) remarks.push_back(step.note());
  if (step.has_due_time()) {
    remarks.push_back(absl::StrCat("jatuh tempo ", TimeText(step.due_time())));
  }
  if (step.late()) remarks.push_back("terlambat");
  if (step.changed_since_approval()) remarks.push_back("berubah setelah disetujui");
  for (const auto& reason : step.reasons()) {
    remarks.push_back(reason.code().empty() ? reason.reason()
                                            : absl::StrCat(reason.code(), ": ", reason.reason()));
  }
  return absl::StrJoin(remarks, "; ");
}

std::string Heading(const Quarter& quarter, int columns) {
  std::string text =
      absl::StrCat("Triwulan     ", Printable(quarter.name()), "\nStatus       ",
                   StateWord(quarter.state()), quarter.reopened() ? ", pernah ditutup" : "",
                   "\nJatuh tempo  ", TimeText(quarter.due_time()), "\n");
  if (quarter.revision() > 0) {
    absl::StrAppend(&text, "Revisi       ", quarter.revision(), quarter.late() ? ", terlambat" : "",
                    "\n");
    absl::StrAppend(&text, "Isi          ", Printable(quarter.content_digest()), "\n");
  }
  if (quarter.approved_revision() > 0) {
    const std::string approval =
        absl::StrCat("revisi ", quarter.approved_revision(), " oleh ", quarter.approver(),
                     quarter.changed_since_approval() ? "; isinya berubah setelah disetujui" : "");
    absl::StrAppend(&text, Paragraph("Persetujuan  ", approval, columns));
  }
  return text;
}

std::string CloseText(const realization::v1::Close& close, int columns) {
  std::string text = absl::StrCat("Ditutup      dari status ", StateWord(close.state()),
                                  ", rencana tahunan revisi ", close.annual_plan_revision(),
                                  " (log planning s.d. ", close.planning_end_position(), ")\n");
  const auto add = [&](absl::string_view title, const auto& codes) {
    if (codes.empty()) return;
    absl::StrAppend(&text, Paragraph(title, absl::StrJoin(codes, ", "), columns));
  };
  add("Tanpa capaian      ", close.missing_indicator_codes());
  add("Tanpa realisasi    ", close.missing_sub_activity_codes());
  return text;
}

std::string RegionTable(const GetQuarterProgressResponse& progress, const Screen& screen) {
  Table table({{"Wilayah"},
               {"Instansi", Align::kRight},
               {"Status", Align::kLeft, true},
               {"Menunggu", Align::kLeft, true},
               {"Lewat tempo", Align::kRight}});
  for (const RegionProgress& region : progress.regions()) {
    std::vector<std::string> states, waiting;
    for (const auto& count : region.states()) {
      states.push_back(absl::StrCat(StateWord(count.state()), " ", count.agencies()));
    }
    for (const auto& count : region.waiting()) {
      waiting.push_back(absl::StrCat(RoleWord(count.role()), " ", count.agencies()));
    }
    table.Add({region.region(), absl::StrCat(region.agencies()), absl::StrJoin(states, ", "),
               absl::StrJoin(waiting, ", "), absl::StrCat(region.overdue())});
  }
  return table.empty() ? "" : absl::StrCat(table.Render(screen), "\n");
}

std::string Remark(const AgencyProgress& agency) {
  std::vector<absl::string_view> remarks;
  if (agency.overdue()) remarks.push_back("lewat tempo");
  if (agency.late()) remarks.push_back("terlambat");
  if (agency.changed_since_approval()) remarks.push_back("berubah setelah disetujui");
  return absl::StrJoin(remarks, ", ");
}

}  // namespace

absl::string_view StateWord(Submission::State state) {
  switch (state) {
    case Submission::STATE_NOT_OPENED:
      return "belum dibuka";
    case Submission::STATE_OPEN:
      return "dibuka";
    case Submission::STATE_SUBMITTED:
      return "diajukan";
    case Submission::STATE_VERIFIED:
      return "diverifikasi";
    case Submission::STATE_RETURNED:
      return "dikembalikan";
    case Submission::STATE_APPROVED:
      return "disetujui";
    case Submission::STATE_CLOSED:
      return "ditutup";
    default:
      return "-";
  }
}

std::string NextStepsLine(const google::protobuf::RepeatedPtrField<NextStep>& next_steps,
                          int columns) {
  std::vector<std::string> steps;
  for (const NextStep& next : next_steps) {
    steps.push_back(absl::StrCat(StepVerb(next.step()), next.permitted() ? "" : " (tanpa izin)"));
  }
  return Paragraph("Berikutnya   ", steps.empty() ? "-" : absl::StrJoin(steps, ", "), columns);
}

std::string RenderQuarter(const Quarter& quarter, const Screen& screen) {
  std::string text = Heading(quarter, screen.columns);
  if (quarter.has_close()) absl::StrAppend(&text, CloseText(quarter.close(), screen.columns));
  absl::StrAppend(&text, NextStepsLine(quarter.next_steps(), screen.columns));
  Table table({{"Langkah"},
               {"Waktu"},
               {"Oleh"},
               {"Revisi", Align::kRight},
               {"Posisi", Align::kRight},
               {"Catatan", Align::kLeft, true}});
  for (const StepTaken& step : quarter.history()) {
    table.Add({Cell(StepDone(step.step())), TimeText(step.time()), step.actor(),
               step.revision() == 0 ? "-" : absl::StrCat(step.revision()),
               absl::StrCat(step.log_position()), Remark(step)});
  }
  if (!table.empty()) absl::StrAppend(&text, "\n", table.Render(screen));
  return text;
}

std::string RenderProgress(const GetQuarterProgressResponse& progress, const Screen& screen) {
  Table table({{"Instansi"},
               {"Status"},
               {"Menunggu"},
               {"Sejak"},
               {"Jatuh tempo"},
               {"Catatan", Align::kLeft, true}});
  for (const AgencyProgress& agency : progress.agencies()) {
    table.Add({agency.agency(), Cell(StateWord(agency.state())), RoleWord(agency.waits_for_role()),
               TimeText(agency.since_time()), TimeText(agency.due_time()),
               Cell(Remark(agency), agency.overdue() ? Color::kRed : Color::kNone)});
  }
  return absl::StrCat(RegionTable(progress, screen), table.Render(screen));
}

}  // namespace sakip::cli
