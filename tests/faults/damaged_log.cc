#include "tests/faults/damaged_log.h"

#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/base/resource_name.h"
#include "common/eventlog/checkpointer.h"
#include "common/eventlog/memory_event_log.h"
#include "common/eventlog/rocks_event_log.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/merkle/verify.h"
#include "common/note/key_file.h"
#include "common/testing/fake_clock.h"

namespace sakip::faults {
namespace {

using eventlog::RocksEventLog;

constexpr int kRequests = 16;
constexpr int kEvents = 4;  // Of each.
constexpr int kStreams = 4;
constexpr uint64_t kRecords = kRequests * kEvents;

// Every log made of these at the time of a new FakeClock has the same bytes.
std::vector<eventlog::AppendRequest> Requests() {
  std::vector<eventlog::AppendRequest> requests;
  for (int i = 0; i < kRequests; ++i) {
    const int stream = i % kStreams;
    std::vector<std::string> payloads;
    for (int event = 0; event < kEvents; ++event) {
      payloads.push_back(absl::StrCat("event ", event, " of ", i));
    }
    requests.push_back(eventlog::TestRequest(
        absl::StrCat("request-", i), static_cast<uint64_t>(i / kStreams * kEvents),
        absl::StrCat("regions/35.09/agencies/a", stream / 2, "/streams/", stream), payloads));
  }
  return requests;
}

// The first thing that is not right, while everything that is named as damaged is noted.
class Asker {
 public:
  // True where the answer can be compared.
  template <typename Answer>
  bool Answered(const Answer& answer, absl::string_view what) {
    if (answer.ok()) return true;
    if (ErrorReason(answer.status()).empty()) {
      Wrong("unnamed", absl::StrCat(what, ": ", answer.status().ToString()));
    }
    named_ = true;
    return false;
  }

  void Wrong(absl::string_view outcome, absl::string_view what) {
    if (!wrong_.has_value()) wrong_ = {std::string(outcome), std::string(what)};
  }

  Finding finding() const { return wrong_.value_or(Finding{named_ ? "named" : "harmless", ""}); }
  bool named() const { return named_; }

 private:
  std::optional<Finding> wrong_;
  bool named_ = false;
};

Finding Refused(const absl::Status& why) {
  return ErrorReason(why).empty() ? Finding{"unnamed", why.ToString()} : Finding{"refused", ""};
}

}  // namespace

int MakeLog(const std::string& folder, bool in_tables) {
  const std::string key_file = absl::StrCat(folder, "/keys");
  const std::string key = note::GenerateKey("sakip.test/log").value();
  SAKIP_CHECK(note::WriteKeyFile(key_file, absl::StrCat(key, "\n")).ok());
  const sakip::testing::FakeClock clock;
  const std::string directory = absl::StrCat(folder, "/pristine");
  // What is in the write-ahead log when a log is opened goes into a table.
  for (int opening = 0; opening < (in_tables ? 2 : 1); ++opening) {
    const auto log = RocksEventLog::Open({.directory = directory, .clock = &clock});
    SAKIP_CHECK(log.ok());
    for (const auto& request : Requests()) SAKIP_CHECK(AppendNow(**log, request).ok());
    const auto checkpointer =
        eventlog::Checkpointer::Start(**log, {.keys = note::ReadKeyFile(key_file).value(),
                                              .path = absl::StrCat(directory, "/CHECKPOINT")});
    SAKIP_CHECK(checkpointer.ok());
  }
  // On a copy: opening it would change it.
  const std::string copy = absl::StrCat(folder, "/copy");
  std::filesystem::copy(directory, copy, std::filesystem::copy_options::recursive);
  SAKIP_CHECK(DamagedLog().Examine(copy, key_file).outcome == "harmless");
  return EXIT_SUCCESS;
}

DamagedLog::DamagedLog() : requests_(Requests()) {
  const sakip::testing::FakeClock clock;
  eventlog::MemoryEventLog log({.clock = &clock});
  for (const auto& request : requests_) results_.push_back(AppendNow(log, request).value());
  records_ = eventlog::ReadAll(log).value();
  SAKIP_CHECK(records_.size() == kRecords);
}

Finding DamagedLog::Examine(const std::string& directory, const std::string& key_file) const {
  const auto log = RocksEventLog::Open({.directory = directory});
  if (!log.ok()) return Refused(log.status());
  const auto checkpointer =
      eventlog::Checkpointer::Start(**log, {.keys = note::ReadKeyFile(key_file).value(),
                                            .path = absl::StrCat(directory, "/CHECKPOINT")});
  if (!checkpointer.ok()) return Refused(checkpointer.status());
  return AskForAll(**log);
}

Finding DamagedLog::AskForAll(const eventlog::EventLog& log) const {
  if (log.end_position() != kRecords) {
    return {"missing", absl::StrCat("the log ends at ", log.end_position())};
  }
  Asker asker;
  merkle::Frontier tree;
  for (const auto& record : records_) tree.Append(merkle::HashLeaf(record.record));
  const auto stored_tree = log.Tree(kRecords);
  if (asker.Answered(stored_tree, "the tree") && stored_tree->Root() != tree.Root()) {
    asker.Wrong("served_wrong", "the tree");
  }
  for (uint64_t position = 0; position < kRecords; ++position) {
    const std::string name = absl::StrCat("position ", position);
    const auto read = log.Read(position, {.records = 1});
    if (asker.Answered(read, name) &&
        (read->records.size() != 1 || read->records[0].record != records_[position].record)) {
      asker.Wrong("served_wrong", name);
    }
    const auto path = log.ProveInclusion(position, kRecords);
    if (asker.Answered(path, name) &&
        !merkle::VerifyInclusion(merkle::HashLeaf(records_[position].record), position, kRecords,
                                 *path, tree.Root())) {
      asker.Wrong("served_wrong", absl::StrCat("the proof of ", name));
    }
  }
  std::map<std::string, uint64_t> revisions;
  for (size_t i = 0; i < requests_.size(); ++i) {
    const auto& request = requests_[i];
    revisions[request.stream] = results_[i].stream_revision;
    const auto found =
        log.FindRequest(OwnerOf(request.stream), request.request_id, request.request_digest);
    if (!asker.Answered(found, request.request_id)) continue;
    if (!found->has_value()) {
      asker.Wrong("missing", request.request_id);
    } else if ((*found)->first_position != results_[i].first_position ||
               (*found)->leaf_hash != results_[i].leaf_hash) {
      asker.Wrong("served_wrong", request.request_id);
    }
  }
  for (const auto& [stream, revision] : revisions) {
    const auto stored = log.StreamRevision(stream);
    if (asker.Answered(stored, stream) && *stored != revision) asker.Wrong("served_wrong", stream);
  }
  // A scrub finds at least what readers find.
  const absl::Status verified = log.Verify([](uint64_t, uint64_t) { return true; });
  if (verified.ok() && asker.named()) asker.Wrong("missing", "a scrub finds nothing");
  if (!verified.ok()) asker.Answered(absl::StatusOr<int>(verified), "the scrub");
  return asker.finding();
}

}  // namespace sakip::faults
