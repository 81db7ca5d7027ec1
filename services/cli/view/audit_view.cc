#include "services/cli/view/audit_view.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using audit::v1::AuditEntry;

std::string OrDash(const std::string& text) { return text.empty() ? "-" : text; }

std::string EventWord(const AuditEntry& entry) {
  switch (entry.event()) {
    case AuditEntry::EVENT_BEGAN:
      return "mulai";
    case AuditEntry::EVENT_ENDED:
      return "selesai";
    case AuditEntry::EVENT_FOUND:
      return "ditemukan";
    case AuditEntry::EVENT_REFUSED:
      return entry.has_repeats() ? absl::StrCat("ditolak ", entry.repeats().count(), "x")
                                 : "ditolak";
    default:
      return "-";
  }
}

// `OK`, `PERMISSION_DENIED`, or code and reason where they differ; a dash where another entry or
// the service's own log tells it.
std::string OutcomeText(const AuditEntry& entry) {
  if (entry.event() == AuditEntry::EVENT_BEGAN || entry.event() == AuditEntry::EVENT_FOUND) {
    return "-";
  }
  const std::string code = absl::StatusCodeToString(static_cast<absl::StatusCode>(entry.code()));
  if (entry.reason().empty() || entry.reason() == code) return code;
  return absl::StrCat(code, " ", entry.reason());
}

Color ColorOf(const AuditEntry& entry) {
  return entry.decision() == AuditEntry::DECISION_DENIED ? Color::kRed : Color::kNone;
}

}  // namespace

std::string RenderAuditEntries(const audit::v1::ListAuditEntriesResponse& entries,
                               const Screen& screen) {
  if (entries.entries().empty()) return "Tidak ada catatan audit.\n";
  Table table({{"Posisi", Column::Align::kRight},
               {"Waktu"},
               {"Kejadian"},
               {"Pelaku"},
               {"Metode", Column::Align::kLeft, /*flexible=*/true},
               {"Wilayah/perangkat daerah", Column::Align::kLeft, /*flexible=*/true},
               {"Hasil", Column::Align::kLeft, /*flexible=*/true},
               {"Asal", Column::Align::kLeft, /*flexible=*/true}});
  for (const audit::v1::RecordedAuditEntry& recorded : entries.entries()) {
    const AuditEntry& entry = recorded.entry();
    table.Add({absl::StrCat(recorded.position()),
               TimeText(entry.time()),
               {EventWord(entry), ColorOf(entry)},
               OrDash(entry.subject()),
               OrDash(entry.method()),
               OrDash(entry.tenant()),
               OutcomeText(entry),
               OrDash(entry.peer())});
  }
  return table.Render(screen);
}

}  // namespace sakip::cli
