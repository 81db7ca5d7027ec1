// ImportItem is one item of an import on its way, and ImportSteps are the steps that it goes:
// check, look for an earlier sending, check what it refers to, decide, accept.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_IMPORT_ITEM_H_
#define SAKIP_SERVICES_REALIZATION_RPC_IMPORT_ITEM_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/base/resource_name.h"
#include "common/eventlog/event_log.h"
#include "common/eventlog/execute.h"
#include "common/rpc/call.h"
#include "sakip/realization/v1/import_service.pb.h"
#include "services/realization/rpc/reference_check.h"
#include "services/realization/store/submission_view.h"
#include "services/realization/store/workers.h"

namespace sakip::realization {

// What imports work with; all of it outlives every call.
struct ImportContext {
  eventlog::EventLog& log;
  const SubmissionView& view;
  ReferenceCheck& references;
  const Clock& clock;
  Workers& workers;
};

// One thread at a time has it.
struct ImportItem {
  uint32_t index = 0;          // In the import.
  v1::Submission submission;   // As sent, without what the server sets.
  size_t bytes = 0;            // Of the submission.
  std::string request_id;      // Its idempotency key.
  std::string request_digest;  // Tells another content under the key.
  v1::ItemOutcome outcome;     // As far as it is known.
  bool told = false;           // The outcome is final.
};

// Thread-safe where each thread has another item.
class ImportSteps {
 public:
  // `options` passed CheckImportOptions.
  ImportSteps(const ImportContext& context, const v1::ImportOptions& options,
              const rpc::Call& call);

  // The item of `submission`.
  ImportItem Make(uint32_t index, v1::Submission submission) const;

  // What is wrong with it by itself, or lies outside of the import's parent: INVALID_FIELD.
  absl::Status Check(const ImportItem& item) const;

  // True where it was stored by an earlier sending; then its outcome is told.
  //   ALREADY_EXISTS  REQUEST_ID_REUSED  that had other content.
  absl::StatusOr<bool> FindEarlier(ImportItem& item) const;

  // Checks codes and evidence; see ReferenceCheck::Run.
  void CheckReferences(const ImportItem& item, ReferenceCheck::Done done) const;

  // Decides on it as the view stands now, and says so in its outcome. Nothing where there is
  // nothing to store: then its outcome is told.
  absl::StatusOr<std::optional<eventlog::Decision>> Decide(ImportItem& item) const;

  // Decides and stores it. `done` is called once; then its outcome is told where it was stored.
  void Store(ImportItem& item, std::function<void(const absl::Status&)> done) const;

  // It was stored: tells its outcome, of an earlier sending the first one.
  absl::Status Accept(const eventlog::AppendResult& result, ImportItem& item) const;

  // The write of `decision`, which is the item's.
  eventlog::AppendRequest ToAppend(eventlog::Decision decision, const ImportItem& item) const;

  bool dry_run() const { return options_.dry_run(); }

 private:
  absl::StatusOr<eventlog::Decision> DecideStored(v1::Submission submission,
                                                  uint32_t expected_revision) const;
  absl::StatusOr<std::optional<eventlog::Decision>> TryDecide(ImportItem& item) const;
  absl::StatusOr<v1::Submission> Latest(const std::string& name) const;

  const ImportContext context_;
  const v1::ImportOptions options_;
  const ResourceName parent_;
  const std::string actor_;
  const std::string tenant_;          // Of the call.
  const rpc::OutgoingCall outgoing_;  // That asks planning.
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_IMPORT_ITEM_H_
