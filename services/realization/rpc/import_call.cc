#include "services/realization/rpc/import_call.h"

#include <map>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/realization/domain/import.h"
#include "services/realization/rpc/import_options.h"
#include "services/realization/rpc/import_summary.h"

namespace sakip::realization {
namespace {

absl::Status TooLargeForOneWrite(size_t bytes) {
  return MakeError(absl::StatusCode::kResourceExhausted, "REQUEST_TOO_LARGE",
                   absl::StrCat("all-or-nothing items of ", bytes, " bytes in sum, more than ",
                                kImportAtomicBytesMax, "; split the import"));
}

absl::Status TooManyWriters() {
  return MakeError(absl::StatusCode::kResourceExhausted, "OVERLOADED",
                   "too many others write at this moment; nothing was stored, retry");
}

size_t PayloadBytes(const eventlog::Decision& decision) {
  size_t bytes = 0;
  for (const eventlog::NewEvent& event : decision.events) bytes += event.payload.size();
  return bytes;
}

// Which of several writes was refused; nothing where the log does not say.
std::optional<size_t> RefusedIndex(const absl::Status& status) {
  size_t index = 0;
  for (const ErrorFact& fact : ErrorFacts(status)) {
    if (fact.key == "index" && absl::SimpleAtoi(fact.value, &index)) return index;
  }
  return std::nullopt;
}

}  // namespace

void ImportCall::OnMessage(v1::ImportSubmissionsRequest message) {
  const absl::Status taken = TakeMessage(std::move(message));
  if (!taken.ok()) return stream_.Finish(taken);
  Pump();
}

void ImportCall::OnEnd() {
  size_t sent = 0;
  {
    MutexLock lock(mutex_);
    reading_ = false;
    ended_ = true;
    sent = items_.size();
  }
  if (options_.item_count() != 0 && sent != options_.item_count()) {
    return stream_.Finish(InvalidField(
        "options.item_count", absl::StrCat("is ", options_.item_count(), ", but ", sent, " came")));
  }
  Pump();
}

absl::Status ImportCall::TakeMessage(v1::ImportSubmissionsRequest message) {
  if (!steps_.has_value()) {
    options_ = message.options();
    RETURN_IF_ERROR(CheckImportOptions(options_));
    steps_.emplace(context_, options_, stream_.call());
  } else if (message.has_options()) {
    return InvalidField("options", "come a second time; once, at first");
  }
  const size_t most = options_.item_count() == 0 ? kImportItemsMax : options_.item_count();
  MutexLock lock(mutex_);
  if (items_.size() + static_cast<size_t>(message.items_size()) > most) {
    return InvalidField("items", absl::StrCat("are more than ", most, " in this call"));
  }
  reading_ = false;
  message_ = std::move(message);
  next_in_message_ = 0;
  return absl::OkStatus();
}

void ImportCall::Pump() {
  {
    MutexLock lock(mutex_);
    if (pumping_) return;
    pumping_ = true;
  }
  while (true) {
    ImportItem* item = nullptr;
    switch (NextStep(item)) {
      case Step::kNothing:
        return;
      case Step::kStart:
        Start(*item);
        break;
      case Step::kRead:
        stream_.ReadNext();
        break;
      case Step::kComplete:
        Complete();
        break;
    }
  }
}

// What changes after this found nothing finds that nobody pumps.
ImportCall::Step ImportCall::NextStep(ImportItem*& item) {
  const bool finished = stream_.finished();
  MutexLock lock(mutex_);
  if (!finished && next_in_message_ < message_.items_size()) {
    v1::Submission& next = *message_.mutable_items(next_in_message_);
    const size_t bytes = next.ByteSizeLong();
    const bool room = in_flight_ == 0 || (in_flight_ < kItemsInFlightMax &&
                                          bytes_in_flight_ + bytes <= kBytesInFlightMax);
    if (room) {
      const auto index = options_.first_item_index() + static_cast<uint32_t>(items_.size());
      items_.push_back(steps_->Make(index, std::move(next)));
      item = &items_.back();
      ++next_in_message_;
      ++in_flight_;
      bytes_in_flight_ += item->bytes;
      return Step::kStart;
    }
  } else if (!finished && !reading_ && !ended_) {
    reading_ = true;
    return Step::kRead;
  } else if (!finished && ended_ && in_flight_ == 0 && !complete_) {
    complete_ = true;
    return Step::kComplete;
  }
  pumping_ = false;
  return Step::kNothing;
}

void ImportCall::Start(ImportItem& item) {
  const absl::Status right = CheckItem(item);
  if (!right.ok()) return Done(item, right);
  const auto earlier = steps_->FindEarlier(item);
  if (!earlier.ok() || *earlier) return Done(item, earlier.status());
  steps_->CheckReferences(item,
                          [this, &item, hold = stream_.KeepAlive()](const absl::Status& found) {
                            if (!found.ok()) return Done(item, found);
                            Proceed(item);
                          });
}

absl::Status ImportCall::CheckItem(const ImportItem& item) {
  RETURN_IF_ERROR(steps_->Check(item));
  MutexLock lock(mutex_);
  if (!names_.insert(item.submission.name()).second) {
    return InvalidField("submission.name", "repeats that of an item before it");
  }
  bytes_kept_ += item.bytes;
  if (!IsAllOrNothing(options_) || bytes_kept_ <= kImportAtomicBytesMax) return absl::OkStatus();
  return TooLargeForOneWrite(bytes_kept_);
}

// The item is right. All-or-nothing waits here for the others.
void ImportCall::Proceed(ImportItem& item) {
  if (IsAllOrNothing(options_)) return Done(item, absl::OkStatus());
  if (steps_->dry_run()) return Done(item, steps_->Decide(item).status());
  steps_->Store(item, [this, &item, hold = stream_.KeepAlive()](const absl::Status& stored) {
    Done(item, stored);
  });
}

void ImportCall::Done(ImportItem& item, const absl::Status& status) {
  if (!status.ok()) {
    if (!IsFaultOfItem(status)) stream_.Finish(status);
    SetFailed(status, item.outcome);
    item.told = true;
  }
  // Clear() would keep the memory.
  if (item.told || !IsAllOrNothing(options_)) v1::Submission().Swap(&item.submission);
  {
    MutexLock lock(mutex_);
    --in_flight_;
    bytes_in_flight_ -= item.bytes;
  }
  Pump();
}

// From here on one thread at a time has all items.
void ImportCall::Complete() {
  if (!IsAllOrNothing(options_)) return Answer();
  StoreAll(1);
}

bool ImportCall::AnyFailed() const {
  for (const ImportItem& item : items_) {
    if (item.outcome.outcome() == v1::ItemOutcome::OUTCOME_FAILED) return true;
  }
  return false;
}

void ImportCall::StoreAll(int attempt) {
  std::vector<eventlog::AppendRequest> appends;
  std::vector<ImportItem*> stored;
  std::map<std::string, uint64_t> added;  // Events of this write, by stream.
  size_t bytes = 0;
  for (ImportItem& item : items_) {
    const bool failed = item.outcome.outcome() == v1::ItemOutcome::OUTCOME_FAILED;
    if (failed || item.outcome.has_receipt()) continue;
    auto decision = steps_->Decide(item);
    if (!decision.ok()) {
      if (!IsFaultOfItem(decision.status())) return stream_.Finish(decision.status());
      SetFailed(decision.status(), item.outcome);
    }
    if (!decision.ok() || !decision->has_value()) continue;
    bytes += PayloadBytes(**decision);
    const std::string stream = (*decision)->stream;
    const size_t events = (*decision)->events.size();
    appends.push_back(steps_->ToAppend(**std::move(decision), item));
    appends.back().expected_revision += added[stream];
    added[stream] += events;
    stored.push_back(&item);
  }
  if (bytes > kImportAtomicBytesMax) return stream_.Finish(TooLargeForOneWrite(bytes));
  if (AnyFailed() || steps_->dry_run() || appends.empty()) return Answer();
  context_.log.AppendAll(
      std::move(appends), [this, stored, attempt, hold = stream_.KeepAlive()](
                              const absl::StatusOr<std::vector<eventlog::AppendResult>>& results) {
        context_.workers.Run(stream_.call().tenant(), [this, results, stored, attempt, hold] {
          OnStoredAll(results, stored, attempt);
        });
      });
}

void ImportCall::OnStoredAll(const absl::StatusOr<std::vector<eventlog::AppendResult>>& results,
                             const std::vector<ImportItem*>& stored, int attempt) {
  if (absl::IsAborted(results.status())) {
    return attempt < eventlog::kAttemptsMax ? StoreAll(attempt + 1)
                                            : stream_.Finish(TooManyWriters());
  }
  if (results.ok()) {
    for (size_t i = 0; i < stored.size(); ++i) {
      const absl::Status accepted = steps_->Accept((*results)[i], *stored[i]);
      if (!accepted.ok()) return stream_.Finish(accepted);
    }
    return Answer();
  }
  const auto refused = RefusedIndex(results.status());
  if (!IsFaultOfItem(results.status()) || !refused.has_value() || *refused >= stored.size()) {
    return stream_.Finish(results.status());
  }
  SetFailed(results.status(), stored[*refused]->outcome);
  Answer();
}

void ImportCall::Answer() {
  const bool none = IsAllOrNothing(options_) && AnyFailed();
  SummaryBuilder summary(steps_->dry_run());
  for (ImportItem& item : items_) {
    // What an earlier sending stored stays so.
    const bool failed = item.outcome.outcome() == v1::ItemOutcome::OUTCOME_FAILED;
    if (none && !failed && !item.outcome.has_receipt()) {
      item.outcome.set_outcome(v1::ItemOutcome::OUTCOME_NOT_STORED);
      item.outcome.clear_revision();
    }
    summary.Add(std::move(item.outcome));
  }
  v1::ImportSubmissionsResponse response;
  *response.mutable_summary() = summary.Take();
  stream_.Finish(std::move(response));
}

}  // namespace sakip::realization
