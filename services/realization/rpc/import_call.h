// ImportCall takes the messages of one ImportSubmissions: it starts items while there is room,
// reads on when all of a message were started, and answers when all are done.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_IMPORT_CALL_H_
#define SAKIP_SERVICES_REALIZATION_RPC_IMPORT_CALL_H_

#include <cstddef>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/base/mutex.h"
#include "common/rpc/client_stream.h"
#include "sakip/realization/v1/import_service.pb.h"
#include "services/realization/rpc/import_item.h"

namespace sakip::realization {

// Thread-safe. Borrows the stream, which owns it. At most kItemsInFlightMax items are on their way
// and, beyond a first one, kBytesInFlightMax bytes of them; while that is so nothing is read.
class ImportCall final : public rpc::StreamHandler<v1::ImportSubmissionsRequest> {
 public:
  using Stream = rpc::ClientStream<v1::ImportSubmissionsRequest, v1::ImportSubmissionsResponse>;

  ImportCall(Stream& stream, const ImportContext& context) : stream_(stream), context_(context) {}

  void OnMessage(v1::ImportSubmissionsRequest message) override;
  void OnEnd() override;
  void OnBroken(const absl::Status&) override {}

  static constexpr size_t kItemsInFlightMax = 64;
  static constexpr size_t kBytesInFlightMax = 8 * 1024 * 1024;

 private:
  enum class Step { kNothing, kStart, kRead, kComplete };

  absl::Status TakeMessage(v1::ImportSubmissionsRequest message);
  absl::Status CheckCounts(const v1::ImportSubmissionsRequest& message) const;

  // Does what can be done now. One thread at a time does; others leave it what they made possible.
  // The caller keeps the stream alive.
  void Pump();
  Step NextStep(ImportItem*& item);

  // The way of one item.
  void Start(ImportItem& item);
  absl::Status CheckItem(const ImportItem& item);
  void Proceed(ImportItem& item);
  void Done(ImportItem& item, const absl::Status& status);

  // The end, when no item is on its way.
  void Complete();
  void StoreAll(int attempt);
  void OnStoredAll(const absl::StatusOr<std::vector<eventlog::AppendResult>>& results,
                   const std::vector<ImportItem*>& stored, int attempt);
  bool AnyFailed() const;
  void Answer();

  Stream& stream_;
  const ImportContext context_;
  std::optional<ImportSteps> steps_;  // From the first message on.
  v1::ImportOptions options_;         // Of the first message.

  Mutex mutex_;
  bool pumping_ ABSL_GUARDED_BY(mutex_) = false;
  bool reading_ ABSL_GUARDED_BY(mutex_) = true;  // A message is awaited.
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;   // The client has sent all.
  bool complete_ ABSL_GUARDED_BY(mutex_) = false;
  v1::ImportSubmissionsRequest message_ ABSL_GUARDED_BY(mutex_);
  int next_in_message_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t in_flight_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t bytes_in_flight_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t bytes_kept_ ABSL_GUARDED_BY(mutex_) = 0;  // All or nothing: of all items.
  std::set<std::string> names_ ABSL_GUARDED_BY(mutex_);
  // A deque, because items on their way are held by reference. Grown under the lock; an item is
  // touched by who has it.
  std::deque<ImportItem> items_;
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_IMPORT_CALL_H_
