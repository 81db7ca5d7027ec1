#include "services/cli/commands/delivery.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/cli/text/utf8.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

// `published: a.yaml, b.yaml`; nothing where there are none.
void SayWhich(std::ostream& err, absl::string_view what, const std::vector<Parcel>& parcels,
              size_t first, size_t end) {
  if (first >= end) return;
  const std::string paths = absl::StrJoin(parcels.begin() + static_cast<long>(first),
                                          parcels.begin() + static_cast<long>(end), ", ",
                                          [](std::string* out, const Parcel& parcel) {
                                            absl::StrAppend(out, Printable(parcel.places.path));
                                          });
  err << "  " << what << ": " << paths << "\n";
}

}  // namespace

ExitCode SendInOrder(Session& session, const DeliveryWords& words,
                     const std::vector<Parcel>& parcels) {
  for (size_t i = 0; i < parcels.size(); ++i) {
    const Parcel& parcel = parcels[i];
    const absl::Status status = parcel.send();
    if (status.ok()) continue;
    const ExitCode code =
        ReportRefusal(session.err(), absl::StrCat(words.command, " ", parcel.places.path), status,
                      &parcel.places);
    // An answer that never came may still have been a yes.
    const bool unknown = code == ExitCode::kUnreachable;
    SayWhich(session.err(), words.done, parcels, 0, i);
    if (unknown) SayWhich(session.err(), "unknown, safe to send again", parcels, i, i + 1);
    SayWhich(session.err(), absl::StrCat("not ", words.done), parcels, unknown ? i + 1 : i,
             parcels.size());
    return code;
  }
  return ExitCode::kOk;
}

std::string ReceiptLine(const DeliveryWords& words, absl::string_view name, uint32_t revision,
                        Peer peer, const eventlog::v1::Receipt& receipt) {
  return Printable(absl::StrCat(
             words.done, " ", name, revision == 0 ? "" : absl::StrCat(" revision ", revision),
             " at position ", receipt.position(), " of ", PeerName(peer), "'s log, ",
             TimeText(receipt.recorded_time()), receipt.repeated() ? " (stored before)" : "")) +
         "\n";
}

}  // namespace sakip::cli
